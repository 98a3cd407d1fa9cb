"""Connections to the ledger, kept open for the next request; never more than so many."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.pq import TransactionStatus

from outbox.errors import DependencyDown
from outbox.store import Connection, connect

MOST = 8
_PATIENCE = 5.0
"""Seconds that a request waits for one of them."""


class Connections:
    """Gives each request one that no other has."""

    def __init__(self, dsn: str, *, most: int = MOST) -> None:
        self._dsn = dsn
        self._room = threading.BoundedSemaphore(most)
        self._idle: queue.LifoQueue[Connection] = queue.LifoQueue()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """Raises `DependencyDown` if the database does not answer, or all are in use."""
        if not self._room.acquire(timeout=_PATIENCE):
            raise DependencyDown("all connections are in use", hint="ask again a little later")
        try:
            connection = self._taken()
            try:
                yield connection
            except psycopg.OperationalError:
                self.close()  # whatever ended this one has most likely ended the others
                raise
            finally:
                self._put_back(connection)
        finally:
            self._room.release()

    def close(self) -> None:
        """Close those that nobody has."""
        while (connection := self._next()) is not None:
            connection.close()

    def _taken(self) -> Connection:
        return self._next() or connect(self._dsn, application="holdshort intake")

    def _next(self) -> Connection | None:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return None

    def _put_back(self, connection: Connection) -> None:
        if connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.put(connection)
        else:
            connection.close()
