"""A request, byte for byte, before anything of it leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from outbox.manifest import RequestManifest

AGENT = "holdshort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is written to the wire, whole: each attempt writes these very bytes."""

    url: str
    method: str
    headers: Mapping[str, str] = field(repr=False)
    """In lower case; some are credentials."""
    body: bytes = field(repr=False)

    @property
    def where(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def host(self) -> str:
        return self.where.hostname or ""

    @property
    def port(self) -> int:
        return self.where.port or 443

    @property
    def written(self) -> bytes:
        """Its bytes.  Raises `ValueError` where a header could be read as two."""
        where = self.where
        target = f"{where.path or '/'}{'?' if where.query else ''}{where.query}"
        given = [("host", where.netloc), ("user-agent", AGENT), ("connection", "close")]
        lines = [*given, *self.headers.items(), ("content-length", str(len(self.body)))]
        return _spelled(self.method, target, lines) + self.body

    @property
    def digest(self) -> str:
        """SHA-256 of the body, 64 hex digits."""
        return hashlib.sha256(self.body).hexdigest()


def draft(manifest: RequestManifest, body: bytes) -> bytes:
    """What would leave, but for who says it, and when: those headers its sender adds."""
    return request_of(manifest, body, {}).written


def request_of(manifest: RequestManifest, body: bytes, own: Mapping[str, str]) -> Request:
    """The request that was approved, with the headers of its sender's own."""
    said = {one.name: one.value for one in manifest.request.headers}
    return Request(
        url=manifest.request.url,
        method=manifest.request.method,
        headers={**said, **own},
        body=body,
    )


def _spelled(method: str, target: str, lines: Iterable[tuple[str, str]]) -> bytes:
    head = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in lines)]
    if any(not (line.isascii() and line.isprintable()) for line in head):
        raise ValueError("a header with a control character, or beyond ASCII")
    return "".join(f"{line}\r\n" for line in (*head, "")).encode()
