"""The same receipts, each in a transaction of its own, with a queue or in one global chain."""

from __future__ import annotations

import threading
import time
from typing import LiteralString

import psycopg

CLIENTS = 8
PREPARED: tuple[LiteralString, ...] = (
    "CREATE TABLE outbox.chain (only_row boolean PRIMARY KEY, hash bytea NOT NULL)",
    "INSERT INTO outbox.chain VALUES (true, sha256(''))",
    "ALTER TABLE outbox.chain OWNER TO holdshort_owner",
    "CREATE FUNCTION outbox.queued() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    " SET search_path = outbox, pg_temp AS $$ BEGIN"
    " INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'permit', 'sender', 'cost', digest, jsonb_build_object('approval', 1)"
    " FROM outbox.intent LIMIT 1; END $$",
    "CREATE FUNCTION outbox.chained() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    " SET search_path = outbox, pg_temp AS $$ DECLARE last bytea; BEGIN"
    " SELECT hash INTO last FROM outbox.chain FOR UPDATE;"
    " INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'permit', 'sender', 'cost', digest,"
    " jsonb_build_object('approval', 1, 'previous', encode(last, 'hex'))"
    " FROM outbox.intent LIMIT 1;"
    " UPDATE outbox.chain SET hash = sha256(last || convert_to(now()::text, 'UTF8'));"
    " END $$",
    "ALTER FUNCTION outbox.queued OWNER TO holdshort_owner",
    "ALTER FUNCTION outbox.chained OWNER TO holdshort_owner",
    "GRANT EXECUTE ON FUNCTION outbox.queued, outbox.chained TO holdshort_sender",
)
"""The chain does what the queue does, and one thing more: each names the one before."""


class Clients:
    """So many connections that insert at once."""

    def __init__(self, dsn: str) -> None:
        self._connections = [psycopg.connect(dsn, autocommit=True) for _ in range(CLIENTS)]

    def rate(self, function: LiteralString, seconds: float) -> float:
        """Receipts per second."""
        done = [0] * CLIENTS
        end = time.perf_counter() + seconds
        statement = f"SELECT outbox.{function}()".encode()

        def insert(place: int) -> None:
            while time.perf_counter() < end:
                self._connections[place].execute(statement)
                done[place] += 1

        begun = time.perf_counter()
        threads = [threading.Thread(target=insert, args=(place,)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(done) / (time.perf_counter() - begun)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
