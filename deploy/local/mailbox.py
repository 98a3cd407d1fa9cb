"""What the mail server keeps in its directory, for its own process and for its reader.

ca.pem           trust this          server.pem      key and certificate
login.json       who may hand in     accepted.jsonl  one line per message taken over
<n>.eml          its bytes, n from 1
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path

from deploy.local.ports import LOOPBACK


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message the server took over; `at` is ISO 8601 in UTC."""

    message_id: str
    mail_from: str
    rcpt_to: list[str]
    at: str
    bytes_sha256: str


@dataclass(frozen=True, slots=True)
class Login:
    """Who may hand in mail."""

    login: str
    password: str


def prepare(directory: Path) -> None:
    """Make a certificate authority, a certificate and a password, once per directory."""
    if (directory / "login.json").exists():
        return
    import trustme

    directory.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    certificate = authority.issue_cert(LOOPBACK, "localhost")
    authority.cert_pem.write_to_path(directory / "ca.pem")
    _write_secret(directory / "server.pem", certificate.private_key_and_cert_chain_pem.bytes())
    login = Login("holdshort", secrets.token_urlsafe(18))
    _write_secret(directory / "login.json", json.dumps(asdict(login)).encode())


def read_login(directory: Path) -> Login:
    return Login(**json.loads((directory / "login.json").read_text("utf-8")))


def read_accepted(directory: Path) -> list[Accepted]:
    """Every message the server in this directory ever took over, oldest first."""
    ledger = directory / "accepted.jsonl"
    if not ledger.exists():
        return []
    lines = ledger.read_text("utf-8").split("\n")
    return [Accepted(**json.loads(line)) for line in lines if line]


class Keeper:
    """Puts a message on disk, so that its sender may be told that it is."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._count = len(read_accepted(directory))

    def keep(self, mail_from: str, rcpt_to: list[str], content: bytes) -> int:
        """Bytes first, then the line that counts them; returns the message's number."""
        message_id = BytesHeaderParser().parsebytes(content)["Message-ID"]
        accepted = Accepted(
            message_id=str(message_id or "").strip(),
            mail_from=mail_from,
            rcpt_to=rcpt_to,
            at=datetime.now(UTC).isoformat(),
            bytes_sha256=hashlib.sha256(content).hexdigest(),
        )
        self._count += 1
        line = json.dumps(asdict(accepted)) + "\n"
        _append_durably(self.directory / f"{self._count}.eml", content)
        _append_durably(self.directory / "accepted.jsonl", line.encode())
        return self._count


def _append_durably(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write_secret(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
