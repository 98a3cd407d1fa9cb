"""Which Kafka, and how it is reached: TLS with a verified name, and a login over TLS only.

The secrets are files that are read for each new client: whoever writes another password or
another authority there has rotated it, and no process is started again.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from outbox.errors import BadSettings

Mechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One Kafka.  False, like its `servers`, where there is none."""

    servers: str
    """host:port and commas."""
    tls: bool = False
    ca: Path | None = None
    """The only authorities to believe, in PEM; those of the system without it."""
    login: str = ""
    mechanism: Mechanism = "SCRAM-SHA-512"
    password_file: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.servers)

    @property
    def protocol(self) -> str:
        """As all clients of Kafka spell it."""
        return ("SASL_SSL" if self.login else "SSL") if self.tls else "PLAINTEXT"

    @property
    def exposed(self) -> bool:
        """Whether others may read and forge what is said on the way."""
        return bool(self) and not self.tls and not on_loopback(self.servers)

    def password(self) -> str:
        """What is in the file now.  Raises `BadSettings`, which never shows it."""
        assert self.password_file is not None
        try:
            read = self.password_file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeError) as error:
            raise _unreadable("PASSWORD_FILE", self.password_file, error) from None
        if not read:
            raise BadSettings(f"HOLDSHORT_KAFKA_PASSWORD_FILE: {self.password_file} is empty")
        return read

    def secrets(self) -> bytes:
        """What stands in its files now; where one cannot be read, as if it stood empty."""
        return b"\0".join(_content(file) for file in (self.ca, self.password_file) if file)

    def check(self) -> Cluster:
        """Itself.  Raises `BadSettings` for what no client could be built from."""
        if bool(self.login) != bool(self.password_file):
            raise BadSettings(
                "HOLDSHORT_KAFKA_LOGIN and HOLDSHORT_KAFKA_PASSWORD_FILE go together"
            )
        if self.login and not self.tls:
            raise BadSettings(
                "HOLDSHORT_KAFKA_LOGIN: a login is told over TLS only",
                hint="HOLDSHORT_KAFKA_TLS=on",
            )
        if self.ca is not None and not self.tls:
            raise BadSettings(
                "HOLDSHORT_KAFKA_CA is believed over TLS only", hint="HOLDSHORT_KAFKA_TLS=on"
            )
        if self.login:
            self.password()
        if self.ca is not None:
            _readable(self.ca)
        return self


NOWHERE = Cluster("")


def on_loopback(servers: str) -> bool:
    """Whether none of these is beyond this machine."""
    return all(_is_loopback(one.strip().rpartition(":")[0]) for one in servers.split(","))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _readable(file: Path) -> None:
    try:
        file.read_bytes()
    except OSError as error:
        raise _unreadable("CA", file, error) from None


def _unreadable(setting: str, file: Path, error: Exception) -> BadSettings:
    return BadSettings(
        f"HOLDSHORT_KAFKA_{setting}: {file} cannot be read: {type(error).__name__}"
    )
