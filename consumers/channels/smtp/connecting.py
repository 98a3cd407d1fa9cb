"""From the smart host's name to a connected wire."""

from __future__ import annotations

import contextlib
import socket

from consumers.channels.line import first_to_answer, network_failures
from consumers.channels.smtp.events import Phase, Timeouts
from consumers.channels.smtp.smarthost import Smarthost
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.wire import Wire
from outbox.failpoints import Point, reach


def connected(smarthost: Smarthost, timeouts: Timeouts, trail: Trail) -> Wire:
    """Resolve and connect.  Resolving takes as long as the system's resolver allows."""
    trail.enter(Phase.RESOLVE)
    reach(Point.BEFORE_RESOLVING)
    with network_failures():
        found = socket.getaddrinfo(smarthost.host, smarthost.port, type=socket.SOCK_STREAM)
    trail.enter(Phase.CONNECT)
    reach(Point.BEFORE_CONNECT)
    addresses = [str(address[0]) for *_, address in found]
    line = first_to_answer(addresses, smarthost.port, timeouts.deadline(Phase.CONNECT))
    with contextlib.ExitStack() as unless_it_stands, network_failures():
        unless_it_stands.callback(line.close)
        # Else the five bytes wait for the body's acknowledgement: 40 ms of doubt.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        trail.note(address=str(line.getpeername()[0]))
        reach(Point.AFTER_CONNECT)
        unless_it_stands.pop_all()
    return Wire(line)
