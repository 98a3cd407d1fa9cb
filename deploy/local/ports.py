"""Loopback ports that stay ours while nobody listens on them."""

from __future__ import annotations

import random
import socket

LOOPBACK = "127.0.0.1"

# Below the range from which systems give ports to outgoing connections.  In that range
# a client that keeps knocking on a broker that is down may one day be given that very
# port as its own, reach itself, and keep the broker from coming back.
_LOWEST, _HIGHEST = 15_000, 32_000


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    while True:
        port = random.randint(_LOWEST, _HIGHEST)
        if _is_free(port):
            return port


def port_or_another(port: int) -> int:
    """This port, if nobody listens on it now; else any that is free."""
    return port if _is_free(port) else free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
