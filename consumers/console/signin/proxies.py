"""What a reverse proxy says of who asks; only one of ours is believed."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from fastapi import Request

Address = IPv4Address | IPv6Address
_ONE_HOUSEHOLD = 64
"""Whoever has an IPv6 address has all that share so many bits with it."""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The reverse proxies before this console."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    header: str = ""
    """By which they say who is signed in; empty: they do not."""

    def vouched(self, request: Request) -> str | None:
        """The one person for whom a proxy of ours vouches with this request."""
        if not self.header or not self._ours(_peer(request)):
            return None
        said = request.headers.getlist(self.header)
        return _name(said[0]) if len(said) == 1 else None

    def address(self, request: Request) -> str:
        """From where a person asks; what only the client says is not believed."""
        peer = _peer(request)
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        if self._ours(peer) and forwarded:
            # The last entry is what our own proxy has seen; all before it anybody may write.
            peer = _address(forwarded.rpartition(",")[2].strip()) or peer
        if isinstance(peer, IPv6Address):
            return str(ip_network((peer, _ONE_HOUSEHOLD), strict=False))
        return str(peer)

    def _ours(self, peer: Address | None) -> bool:
        return peer is not None and any(peer in network for network in self.networks)


def _peer(request: Request) -> Address | None:
    return _address(request.client.host) if request.client else None


def _address(said: str) -> Address | None:
    try:
        found = ip_address(said)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _name(said: str) -> str | None:
    """A header that was sent twice may come with a comma, and whose the first is, who knows."""
    try:
        name = said.encode("latin-1").decode()
    except UnicodeError:
        return None
    return name if name and "," not in name and name.isprintable() else None
