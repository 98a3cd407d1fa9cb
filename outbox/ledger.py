"""The ledger: how machines change the state of an intent.

Every method is one short transaction, and every write names its fence.  Nothing here
decides anything; the lifecycle table and the constraints do, and their refusals come
back as `outbox.errors`.  What people decide is in `outbox.desk`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from outbox.claim import Claim, Stage, lost
from outbox.epoch import Site, closed
from outbox.errors import CommitUnknown, GateClosed, LeaseLost
from outbox.lifecycle import State
from outbox.onwards import Queues
from outbox.policy.steps import Step
from outbox.results import Evidence, Routed, Score, Settlement, Swept
from outbox.scores import columns_of
from outbox.store import Connection, call, calling, refusals, sql

Refusal = LeaseLost | GateClosed | CommitUnknown | None
_TOLD = "answer, pg_current_xact_id()::text"  # the number tells later what became of it


class Ledger:
    """One worker's hands on the ledger.  Not for sharing between threads."""

    def __init__(
        self, connection: Connection, *, worker: str, site: Site | None = None
    ) -> None:
        self._connection = connection
        self._worker = worker
        self._site = asdict(site or Site())
        self._queues = Queues(connection)

    def claim(self, stage: Stage) -> list[Claim]:
        """Lease up to `stage.batch` intents, the longest due first."""
        named = {"worker": self._worker, "batch": stage.batch, "lease": stage.lease}
        named |= self._site if stage.only_where_armed else {}
        claim = calling(stage.claim, *named, "since")
        with self._connection.cursor(row_factory=class_row(Claim)) as cursor:
            return self._queues.look(
                stage.claim,
                lambda since: cursor.execute(claim, {**named, "since": since}).fetchall(),
                lambda found: found.due_at,
            )

    def renew(self, fences: Iterable[int], lease: dt.timedelta) -> frozenset[int]:
        """Renew these leases of this worker; give back the fences that it still holds."""
        held = self._called("renew", fences=[*fences], lease=lease)
        return frozenset(fence for (fence,) in held)

    def permit(self, claim: Claim, *, enough: dt.timedelta) -> None:
        """Record the leave to make the one attempt, now.

        `enough` is how much of the lease must be left.  Raises `LeaseLost` or
        `GateClosed`; nothing was recorded then.  Raises `CommitUnknown` if the connection
        broke; then `committed` knows, asked over another one.
        """
        [refusal] = self.permits([claim], enough=enough)
        if refusal is not None:
            raise refusal

    def permits(self, claims: Sequence[Claim], *, enough: dt.timedelta) -> list[Refusal]:
        """What `permit` raises of each, in one transaction; None where it is recorded.

        All must be at the point of no return now: what is recorded is spent.
        """
        named = {"worker": self._worker, "enough": enough, **self._site}
        named |= {"ids": [one.id for one in claims], "fences": [one.fence for one in claims]}
        named["manifest_digests"] = [one.manifest_digest for one in claims]
        answers, unknown = [("granted", "")] * len(claims), ""  # in no transaction yet
        try:
            asking = calling("permit", *named, told=_TOLD)
            with refusals(), self._connection.transaction():
                answers = self._connection.execute(asking, named).fetchall()
        except psycopg.Error as error:
            unknown = f"no answer: {error}"
            if not self.broken:
                raise
        return [
            _refusal(claim, answer, unknown, transaction)
            for claim, (answer, transaction) in zip(claims, answers, strict=True)
        ]

    @property
    def broken(self) -> bool:
        """Whether the connection to the database is gone."""
        return self._connection.broken

    def committed(self, doubt: CommitUnknown) -> bool | None:
        """Whether it has committed; None if that cannot be known, or not yet."""
        if not doubt.transaction:
            return False
        [(status,)] = self._read("transaction_status", transaction=doubt.transaction)
        return {"committed": True, "aborted": False}.get(status)

    def score(self, claim: Claim, score: Score) -> None:
        """Record a score and give the lease back.  Raises `LeaseLost`."""
        if not self.scores([(claim, score)]):
            raise lost(claim)

    def scores(self, given: Sequence[tuple[Claim, Score]]) -> frozenset[int]:
        """The same of each, a claim's all together; give back the ids of those still held."""
        rows = self._called(
            "score",
            ids=[claim.id for claim, _ in given],
            fences=[claim.fence for claim, _ in given],
            **columns_of([score for _, score in given]),
        )
        return frozenset(id for (id,) in rows)

    def settle(self, claim: Claim, target: State, *, kind: str, evidence: Evidence) -> None:
        """Record what became of it and give the lease back.

        The evidence is kept even where the lease was lost: for a stranded intent it is
        exactly what its person needs.  Raises `LeaseLost` after keeping it.
        """
        if not self.settles([Settlement(claim, target, kind, evidence)]):
            raise lost(claim)

    def settles(self, told: Sequence[Settlement]) -> frozenset[int]:
        """The same of each; give back the ids of those that were still held."""
        rows = self._called(
            "settle",
            ids=[one.claim.id for one in told],
            fences=[one.claim.fence for one in told],
            digests=[one.claim.digest for one in told],
            targets=[one.target for one in told],
            kinds=[one.kind for one in told],
            evidences=[
                Jsonb({**one.evidence, "manifest": one.claim.manifest_digest}) for one in told
            ],
        )
        return frozenset(id for (id,) in rows)

    def has_outcome(self, claim: Claim) -> bool:
        """Whether what became of it under its fence is written down already."""
        [(written,)] = self._read("outcome", id=claim.id, fence=claim.fence)
        return bool(written)

    def put_back(self, claim: Claim, *, pause: dt.timedelta, evidence: Evidence) -> State:
        """Give back what was provably not sent; say where it went.  Raises `LeaseLost`."""
        rows = self._called(
            "put_back", id=claim.id, fence=claim.fence, pause=pause, evidence=Jsonb(evidence)
        )
        if not rows:
            raise lost(claim)
        return State(rows[0][0])

    def rest(self, claim: Claim, evidence: Evidence) -> None:
        """Give back what a limit holds back, until it ends.  Raises `LeaseLost`."""
        if not self._called("rest", id=claim.id, fence=claim.fence, evidence=Jsonb(evidence)):
            raise lost(claim)

    def route(self, *, threshold: float, batch: int = 100) -> list[Routed]:
        """Send scored intents to review or to approval."""
        called = partial(self._called, "route", threshold=threshold, batch=batch)
        found = self._queues.look("route", lambda at: called(since=at), lambda one: one[1])
        return [Routed(*one) for one in found]

    def sweep(self, *, batch: int = 500) -> list[Swept]:
        """Take expired leases away; say where each intent went."""
        called = partial(self._called, "sweep", batch=batch)
        found = self._queues.look("sweep", lambda at: called(since=at), lambda one: one[3])
        return [Swept(id, State(source), State(target)) for id, source, target, _ in found]

    def expire(self, *, batch: int = 500) -> int:
        """Close what was not sent before its `not_after`; give back how many."""
        return len(self._called("expire", batch=batch))

    def remind(self, *, batch: int = 500) -> list[tuple[int, Step]]:
        """Say of what waits too long that it does, once; give back of which, and what."""
        return [(id, Step(step)) for id, step in self._called("remind", batch=batch)]

    def _called(self, function: str, **arguments: Any) -> list[tuple[Any, ...]]:
        with refusals():
            worker = self._worker
            return call(self._connection, function, worker=worker, **arguments).fetchall()

    def _read(self, statement: str, **named: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql(statement), named).fetchall()


def _refusal(claim: Claim, answer: str, unknown: str, transaction: str) -> Refusal:
    """A no is a no, whatever became of its transaction; a yes counts once that committed."""
    if answer == "granted":
        return CommitUnknown(unknown, transaction=transaction) if unknown else None
    return lost(claim) if answer == "lease_lost" else closed(answer)
