"""Where passkeys are made and used: one domain, and pages of one origin."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from outbox.errors import BadSettings
from schemas.authority.passkeys import Passkey

LOCALHOST = "localhost"


@dataclass(frozen=True, slots=True)
class Place:
    """A console, as browsers and devices name it."""

    rp_id: str
    """Its domain: a device signs for it alone."""
    origin: str
    """Its pages: a browser lets no other ask."""

    def takes(self, passkey: Passkey) -> bool:
        """Whether this passkey can be used here."""
        return passkey.rp_id == self.rp_id and self.origin in passkey.origins


def place_of(origin: str) -> Place:
    """The place of a console at this address.

    Raises `BadSettings` if no browser would make a passkey there.
    """
    found = urlsplit(origin)
    host = found.hostname or ""
    if _is_number(host):
        port = "" if found.port is None else f":{found.port}"
        local = ipaddress.ip_address(host).is_loopback
        name = f"http://{LOCALHOST}{port}" if local else "https://holdshort.example.com"
        raise BadSettings(
            f"a passkey is for a domain, and this console is at {origin}",
            hint=f"give it a name: HOLDSHORT_CONSOLE_URL={name}",
        )
    if found.scheme != "https" and host != LOCALHOST:
        raise BadSettings(
            f"browsers make passkeys over https alone, and this console is at {origin}",
            hint=f"put it behind TLS: HOLDSHORT_CONSOLE_URL=https://{host}",
        )
    return Place(host, origin)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
