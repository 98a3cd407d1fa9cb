"""A real receiver of requests on loopback, and the file by which an operator allows it."""

from __future__ import annotations

import base64
import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from outbox.webhook import Webhook
from tests.channels.http.server import Script, ScriptedHttps
from tests.channels.rig import Authority

YES = Script(says=b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"


@dataclass(frozen=True, slots=True)
class Receiver:
    """It counts what came whole."""

    server: ScriptedHttps
    file: Path
    """HOLDSHORT_WEBHOOKS."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server.port}/in/"

    def request(self, number: int = 0) -> Webhook:
        return Webhook(url=f"{self.url}{number}", text=json.dumps({"number": number}))

    def delivered(self) -> Counter[str]:
        """How often each came, by the first line of it."""
        return Counter(one.partition(b"\r\n")[0].decode() for one in self.server.requests)


@contextlib.contextmanager
def receiving(folder: Path, *scripts: Script, **said: Any) -> Iterator[Receiver]:
    """One that answers as the scripts say, or yes; `said` is more of its destination."""
    authority = Authority(trustme.CA(), folder / "receivers-ca.pem")
    authority.ca.cert_pem.write_to_path(str(authority.file))
    tls = authority.context("localhost")
    with contextlib.closing(ScriptedHttps(scripts or (YES,), tls)) as server:
        receiver = Receiver(server, folder / "webhooks.json")
        secret = folder / "receiver.whsec"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        here: dict[str, Any] = {
            "url": receiver.url,
            "secret_file": secret.name,
            "ca_file": authority.file.name,
        }
        here |= {"may_reach": ["127.0.0.1", "::1"], **said}
        receiver.file.write_text(json.dumps({"destinations": {"here": here}}))
        yield receiver
