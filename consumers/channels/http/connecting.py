"""From a name to a wire whose other end is who the certificate says.

The name is resolved once, and every address that it has is looked at; what is connected to is
one of these, and that it is, is asked of the socket again.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from consumers.channels.http.events import Event, Phase, Timeouts
from consumers.channels.http.guard import Network, denied
from consumers.channels.http.trail import Trail
from consumers.channels.http.wire import Wire
from consumers.channels.line import Stopped, first_to_answer, network_failures
from outbox.failpoints import Point, reach

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a name, for a port.  Raises `OSError`."""


def resolved(name: str, port: int) -> list[str]:
    """As the system resolves it, which takes as long as its resolver allows."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a destination is reached."""

    tls: ssl.SSLContext
    excepted: tuple[Network, ...] = ()
    """Addresses that the operator lets this destination have, though they are not public."""
    timeouts: Timeouts = field(default_factory=Timeouts)
    resolver: Resolver = resolved


@contextlib.contextmanager
def connected(way: Way, host: str, port: int, trail: Trail) -> Iterator[Wire]:
    """A fresh connection, encrypted and verified; it is hung up at the end of the block."""
    trail.enter(Phase.RESOLVE)
    with network_failures():
        addresses = way.resolver(host, port)
    _check(addresses, way)
    trail.passed("every_address_is_public_or_excepted")
    trail.enter(Phase.CONNECT)
    line = first_to_answer(addresses, port, way.timeouts.deadline("connect"))
    wire = Wire(line, way.timeouts.deadline("tls"))
    with contextlib.closing(wire):
        with network_failures():
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer = str(line.getpeername()[0])
        if peer not in addresses:
            raise Stopped(Event.DISTRUST, f"connected to {peer}, which was not looked at")
        trail.note(address=peer)
        trail.passed("peer_is_what_was_checked")
        reach(Point.HTTP_CONNECTED)
        trail.enter(Phase.TLS)
        trail.note_tls(wire.secure(way.tls, host), host)
        reach(Point.HTTP_ENCRYPTED)
        yield wire


def _check(addresses: Sequence[str], way: Way) -> None:
    if not addresses:
        raise Stopped(Event.NO_ANSWER, "the name has no address")
    if bad := [one for one in addresses if denied(one, way.excepted)]:
        raise Stopped(Event.NO, f"the name leads to {', '.join(bad)}, which is not public")
