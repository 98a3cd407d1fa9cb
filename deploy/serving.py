"""Answer HTTP with an application, until told to stop; what was begun is finished.

A client that is slow, silent or greedy costs a connection, and of those there are only so
many: whoever comes on top is told 503.  Nobody's word is taken for where a request comes
from, and no line is written for each.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from outbox.errors import BadSettings

Application = Any
"""Whatever speaks ASGI 3."""

CONNECTIONS = 256
HEAD_BYTES = 16 * 1024
HEAD_WITHIN = dt.timedelta(seconds=10)
"""How long a client may take to say what it asks for; its body is the application's affair."""
_BEING_ACCEPTED = dt.timedelta(milliseconds=50)
"""asyncio accepts in several turns, in which nobody knows of the connection yet."""
DRAIN = dt.timedelta(seconds=10)
"""How long a request that was begun may still take: less than a supervisor's patience."""


@contextmanager
def listening(address: str, *, setting: str) -> Iterator[socket.socket]:
    """Listen at `address`, a host:port; port 0 is any free one, see `port_of`.

    Raises `BadSettings`, with the name of the setting, if nothing can listen there.
    """
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as error:
        raise BadSettings(f"{setting}={address}: {error.strerror}") from error
    # An answer is a head and a body: the second must not wait until the first is acknowledged.
    # asyncio asks for this itself, but not of a listener that it was given.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener


def port_of(listener: socket.socket) -> int:
    """Where it listens."""
    return int(listener.getsockname()[1])


def serve(app: Application, listener: socket.socket, stop: threading.Event) -> None:
    """Answer until `stop` is set, then finish what was begun; signals are the caller's.

    Raises `RuntimeError` if the application itself does not start.
    """
    try:
        _Server(app, stop).run([listener])
    except SystemExit:  # uvicorn's word for it; the reason was logged
        raise RuntimeError("the application did not start") from None


@contextmanager
def serving(app: Application, address: str, *, setting: str) -> Iterator[int]:
    """Answer at `address` in a thread, as long as the block lasts; yield the port."""
    stop = threading.Event()
    with listening(address, setting=setting) as listener:
        port = port_of(listener)
        thread = threading.Thread(target=serve, args=(app, listener, stop), name="http")
        thread.start()
        try:
            yield port
        finally:
            stop.set()
            thread.join()


class _Impatient(H11Protocol):
    """A connection that ends if a request's head does not come whole in time."""

    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._wait_no_more()
        elif self._waits is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        after = HEAD_WITHIN.total_seconds()
        self._waits = self.loop.call_later(after, self.timeout_keep_alive_handler)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
        self._waits = None


class _Server(uvicorn.Server):
    """Looks ten times a second whether it is to stop."""

    def __init__(self, app: Application, stop: threading.Event) -> None:
        self._stop = stop
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="on",
                loop="asyncio",
                ws="none",
                http=cast("type[asyncio.Protocol]", _Impatient),
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=CONNECTIONS,
                h11_max_incomplete_event_size=HEAD_BYTES,
                timeout_graceful_shutdown=int(DRAIN.total_seconds()),
            )
        )

    async def on_tick(self, counter: int) -> bool:
        return await super().on_tick(counter) or self._stop.is_set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nothing more, and let what was just accepted learn that this is the end."""
        for server in self.servers:
            server.close()
        await asyncio.sleep(_BEING_ACCEPTED.total_seconds())
        await super().shutdown(sockets)
