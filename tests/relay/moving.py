"""Moves to publish, made by the database's own triggers and told apart by their trace."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

import psycopg

from outbox import Email, Proposal, submit
from outbox.store import Connection


def _trace() -> str:
    return f"00-{uuid4().hex}-{uuid4().hex[:16]}-01"


@dataclass(frozen=True)
class Mover:
    """Proposes intents, moves them, and knows what it has committed."""

    db: Connection
    trace: str = field(default_factory=_trace)
    """Every event of this mover carries it; brokers are shared, sequence numbers are not."""

    def propose(self, connection: Connection | None = None) -> int:
        mail = Email(
            sender="a@example.com", to=("b@example.org",), subject="Hello", text="Hello."
        )
        key = uuid4().hex
        proposal = Proposal(artifact=mail, key=key, producer="tests", traceparent=self.trace)
        return submit(connection or self.db, proposal).id

    def to_and_fro(self, id: int, connection: Connection | None = None) -> None:
        """Two moves, each in its own transaction: leased by a scorer, and swept."""
        connection = connection or self.db
        connection.execute(
            "UPDATE outbox.intent SET state = 'scoring', moved_by = 'scorer', fence = 1,"
            " leased_by = 'w', lease_expires_at = now() WHERE id = %s AND state = 'submitted'",
            (id,),
        )
        connection.execute(
            "UPDATE outbox.intent SET state = 'submitted', moved_by = 'sweeper', fence = NULL,"
            " leased_by = NULL, lease_expires_at = NULL WHERE id = %s AND state = 'scoring'",
            (id,),
        )

    def committed(self) -> set[int]:
        """The sequence numbers of all events of this database."""
        return {seq for (seq,) in self.db.execute("SELECT seq FROM outbox.event")}

    def unpublished(self) -> set[int]:
        return {seq for (seq,) in self.db.execute("SELECT seq FROM outbox.unpublished")}


def many_writers(dsn: str, mover: Mover, *, intents: int, rounds: int) -> None:
    """Four writers at once on the same intents; every fifth round is rolled back."""
    ids = [mover.propose() for _ in range(intents)]
    started = threading.Barrier(4)

    def write(seed: int) -> None:
        dice = random.Random(seed)
        with psycopg.connect(dsn, autocommit=True) as connection:
            started.wait()
            for number in range(rounds):
                with connection.transaction(force_rollback=number % 5 == 4):
                    mover.to_and_fro(dice.choice(ids), connection)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write, seed) for seed in range(4)]:
            done.result()
