"""What people are told of, and a notifier's hands on the ledger.

What waits is read off the states: nothing is missed for good, whatever died meanwhile, and
what was decided is not told any more.  A route is leased to one notifier at a time, so that
however many run, each tells what another has not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from outbox.lifecycle import State
from outbox.policy.steps import Step
from outbox.store import Connection, call, refusals
from outbox.tables import MOMENT, always, metadata


class Kind(StrEnum):
    """Why somebody is told; the urgent come first."""

    STRANDED = State.STRANDED
    ESCALATED = Step.ESCALATED
    ATTESTER_SILENT = "attester_silent"
    SWITCH = "switch"
    IN_REVIEW = State.IN_REVIEW
    AWAITING_APPROVAL = State.AWAITING_APPROVAL
    REMINDED = Step.REMINDED


OF_THE_INSTALLATION = frozenset({Kind.SWITCH, Kind.ATTESTER_SILENT})
"""Of no intent, and so of no tenant and no group."""

MOST = 10_000
"""How much is told at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What is told over one route."""

    route: str
    kinds: tuple[Kind, ...]
    tenants: tuple[str, ...] | None = None
    """None: all."""
    groups: tuple[str, ...] | None = None
    """Of the policy, whose yes is asked for; None: whoever's."""
    person: str | None = None
    """Escalations to this name of the policy alone; None: all."""
    gather: dt.timedelta
    """How long the first of what comes in numbers waits for more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that waits."""

    kind: Kind
    intent: int
    """0: it is of the installation."""
    state: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is to be told over a route that is leased to us."""

    fence: int
    failures: int
    """How often in a row it could not be told over this route."""
    notices: tuple[Notice, ...]


class Teller:
    """One notifier's hands.  Not for sharing between threads."""

    def __init__(self, connection: Connection, *, worker: str, lease: dt.timedelta) -> None:
        self._connection, self._worker, self._lease = connection, worker, lease

    def claim(self, hearing: Hearing) -> Claimed | None:
        """Lease a route with all that there is to tell, the urgent first; None: nothing."""
        with refusals():
            rows = call(
                self._connection,
                "claim_to_notify",
                route=hearing.route,
                worker=self._worker,
                lease=self._lease,
                kinds=[*hearing.kinds],
                tenants=hearing.tenants and [*hearing.tenants],
                groups=hearing.groups and [*hearing.groups],
                person=hearing.person,
                gather=hearing.gather,
                most=MOST,
            ).fetchall()
        if not rows:
            return None
        notices = tuple(Notice(Kind(kind), *rest) for _, _, kind, *rest in rows)
        return Claimed(rows[0][0], rows[0][1], notices)

    def record(self, route: str, fence: int, notices: Sequence[Notice]) -> None:
        """Write down that this was told, and give the route back."""
        with refusals():
            call(
                self._connection,
                "record_notified",
                route=route,
                fence=fence,
                kinds=[one.kind for one in notices],
                intents=[one.intent for one in notices],
                sinces=[one.since for one in notices],
            )

    def postpone(self, route: str, fence: int, pause: dt.timedelta) -> None:
        """It could not be told: leave the route alone for a while."""
        with refusals():
            call(self._connection, "postpone_route", route=route, fence=fence, pause=pause)


route = Table(
    "route",
    metadata,
    always("name", Text),
    always("fence", BigInteger),
    Column("leased_by", Text),
    Column("lease_expires_at", MOMENT),
    always("failures", Integer),
    always("due_at", MOMENT),
    Column("told_at", MOMENT),
)
notified = Table(
    "notified",
    metadata,
    always("route", Text),
    always("kind", Text),
    always("intent_id", BigInteger),
    always("since", MOMENT),
    always("at", MOMENT),
)
