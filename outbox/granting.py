"""A granter's hands on the ledger: what waits for a yes, and approvals under grants.

It approves nothing by itself: each approval is a use of a standing grant, in the name of
the person who gave that, and the database counts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg.rows import class_row

from outbox.manifest import Rows
from outbox.onwards import Queues
from outbox.store import Connection, call, calling, refusals, sql

BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Waiting(Rows):
    """An intent that waits for a yes, held until the end of the transaction."""

    tenant: str
    moved_at: dt.datetime
    """Since when it waits."""
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class InForce:
    """A standing grant under which something may be approved now."""

    id: int
    tenant: str
    content: bytes
    policy: int
    """The revision in force."""


@dataclass(frozen=True, slots=True)
class Covered:
    """An intent, its manifest, and the grant that covers it."""

    id: int
    manifest: bytes
    grant: int


class Granter:
    """One worker's hands.  Not for sharing between threads."""

    def __init__(
        self,
        connection: Connection,
        *,
        worker: str,
        valid_for: dt.timedelta,
        hold: dt.timedelta,
    ) -> None:
        self._connection = connection
        self._how = {"worker": worker, "valid_for": valid_for, "hold": hold}
        self._queues = Queues(connection)

    def in_force(self) -> tuple[InForce, ...]:
        """The grants that may be used now, the oldest first."""
        with self._connection.cursor(row_factory=class_row(InForce)) as cursor:
            return tuple(cursor.execute(sql("grants_in_force")).fetchall())

    @contextmanager
    def holding(self, passed: Mapping[int, int]) -> Iterator[list[Waiting]]:
        """Hold a batch of what waits, the oldest first, without these versions of intents.

        Nobody else decides on them until the end of the block, when it is committed.
        """
        named = {"passed": [*passed], "versions": [*passed.values()], "batch": BATCH}
        claim = calling("claim_to_grant", *named, "since")

        def ask(since: dt.datetime | str) -> list[Waiting]:
            with self._connection.cursor(row_factory=class_row(Waiting)) as cursor:
                return cursor.execute(claim, {**named, "since": since}).fetchall()

        with refusals(), self._connection.transaction():
            yield self._queues.look("grant", ask, lambda waiting: waiting.moved_at)

    def approve(self, covered: Sequence[Covered]) -> frozenset[int]:
        """Approve each under its grant; give back those that a use was left for.

        What a person has decided on, and what was approved before, is not approved.
        """
        rows = call(
            self._connection,
            "approve_by_grant",
            ids=[one.id for one in covered],
            manifests=[one.manifest for one in covered],
            grants=[one.grant for one in covered],
            **self._how,
        )
        return frozenset(id for (id,) in rows)
