"""The smart host: where mail is handed in, as whom, and for which senders."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from outbox.errors import BadSettings

_HINT = (
    "use smtps://login:password@host:465 or smtp+starttls://login:password@host:587, "
    "with / ? # @ : in login and password percent-encoded"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Security(StrEnum):
    """How TLS begins.  There is no third way, and no mail without it."""

    IMPLICIT_TLS = "implicit_tls"
    STARTTLS = "starttls"


_SCHEMES = {
    "smtps": (Security.IMPLICIT_TLS, 465),
    "smtp+starttls": (Security.STARTTLS, 587),
}


@dataclass(frozen=True, kw_only=True)
class Smarthost:
    """A submission server and our login there."""

    host: str
    """Its DNS name: the name its certificate must carry."""
    port: int
    security: Security
    login: str
    password: str = field(repr=False)
    ca_file: Path | None = None
    """PEM file of the only authorities to believe; None believes the system's."""
    senders: frozenset[str] = frozenset()
    """Addresses that this login may send as.  Empty: closed, nothing may be sent."""

    def __post_init__(self) -> None:
        for name in ("host", "login", "password"):
            part = getattr(self, name)
            if not part or _CONTROL.search(part):
                raise BadSettings(
                    f"the smart host's {name} is missing or malformed", hint=_HINT
                )
        try:
            self.host.encode("idna")
        except UnicodeError:
            raise BadSettings(f"the smart host {self.host!r} is not a name") from None

    @classmethod
    def from_url(
        cls, url: str, *, ca_file: Path | None = None, senders: Iterable[str] = ()
    ) -> Smarthost:
        """Read an address with percent-encoded login and password.

        Raises `BadSettings`, which never shows the password.
        """
        parts = _split(url)
        security, usual_port = _SCHEMES[parts.scheme]
        return cls(
            host=parts.hostname or "",
            port=_port(parts) or usual_port,
            security=security,
            login=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            ca_file=ca_file,
            senders=frozenset(map(_address, senders)),
        )

    def without_secret(self, text: str) -> str:
        """The text with the password, in each form it has on the wire, blacked out."""
        for form in self._secrets:
            text = text.replace(form, "[password]")
        return text

    @cached_property
    def _secrets(self) -> tuple[str, ...]:
        secret = self.password.encode()
        return self.password, base64.b64encode(secret).decode(), plain_token(self).decode()


def plain_token(smarthost: Smarthost) -> bytes:
    """The initial response of AUTH PLAIN."""
    return base64.b64encode(f"\0{smarthost.login}\0{smarthost.password}".encode())


def login_tokens(smarthost: Smarthost) -> tuple[str, str]:
    """What AUTH LOGIN asks for, one after the other."""
    name, secret = smarthost.login.encode(), smarthost.password.encode()
    return base64.b64encode(name).decode(), base64.b64encode(secret).decode()


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:  # its message may show what was meant as a password
        raise BadSettings("the smart host is not an address", hint=_HINT) from None
    if parts.scheme not in _SCHEMES:
        raise BadSettings("the smart host's address has another scheme", hint=_HINT)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise BadSettings("the smart host's address goes on after its port", hint=_HINT)
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:  # as above
        raise BadSettings("the smart host's port is not a port", hint=_HINT) from None


def _address(sender: str) -> str:
    try:
        return validate_email(sender, check_deliverability=False).normalized
    except EmailNotValidError as refusal:
        raise BadSettings(f"the sender {sender!r} is not an address: {refusal}") from refusal
