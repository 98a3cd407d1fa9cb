"""One soak, from the first process to the verdict."""

from __future__ import annotations

import datetime as dt
import random
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from time import monotonic

from deploy.supervisor import Supervisor
from deploy.watching import Counts, Watch
from outbox import proofs, queries
from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.errors import DependencyDown
from outbox.lifecycle import FINAL, State
from outbox.store import connect
from tests.chaos.checker import Verdict, check
from tests.chaos.crowd import Crowd
from tests.chaos.faults import Faults
from tests.chaos.parts import Parts
from tests.chaos.plan import CAST, CAST_ON_A_BAD_LINE, Floor, Kind, schedule
from tests.chaos.stranger import receipts

DRAIN = dt.timedelta(minutes=3)
_NEWS = dt.timedelta(seconds=10)
_AT_REST = {*FINAL, State.STRANDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The line that a run ends with."""

    intents: int
    """That a mail left for, counted by the mail server."""
    kills: int
    db_restarts: int
    broker_restarts: int
    duplicates: int
    lost: int
    stranded: int
    unrecorded: int
    per_second: float
    """`intents` over the whole time, until all were at rest."""
    phantoms: int
    gaps: int
    pauses: int
    cuts: int
    unpublished: int
    unattested: int
    unverified: int
    drained: bool
    seed: int
    seconds: int

    @property
    def clean(self) -> bool:
        wrong = (self.duplicates, self.lost, self.unrecorded, self.phantoms, self.gaps)
        return not any((*wrong, self.unverified))

    def is_above(self, floor: Floor) -> bool:
        """Whether enough was done, and done to an end, for the result to say anything."""
        return (
            self.drained
            and self.intents >= floor.intents
            and self.kills >= floor.kills
            and self.db_restarts >= floor.db_restarts
            and self.broker_restarts >= floor.broker_restarts
            and self.cuts >= floor.cuts
            and self.per_second >= floor.per_second
        )


class Run:
    """Runs once."""

    def __init__(self, parts: Parts, seed: int, length: dt.timedelta) -> None:
        dice = random.Random(seed)
        self._parts, self._seed, self._length = parts, seed, length
        self._schedule = schedule(dice, length)
        self._logins = parts.logins()
        self._crowd = Crowd(self._logins, dice)
        self._reader = queries.reader(self._logins["reader"])
        self._watch = Watch(self._reader, DRAIN)
        self._dice = dice

    def result(self) -> Result:
        with connect(self._logins["operator"], application="chaos") as db:
            desk = Desk(db, actor="ada")
            desk.arm(Site())
            desk.flip(Outbound.ON)
        began = monotonic()
        with self._parts.workers() as good, self._parts.workers_on_a_bad_line() as bad:
            _start(good, CAST)
            _start(bad, CAST_ON_A_BAD_LINE)
            faults = self._under_faults([good, bad])
            tell("no more faults, no more proposals; draining")
            self._crowd.stop_proposing()
            at_rest = self._comes_to(_at_rest, "everything is final or stranded")
            took = monotonic() - began
            heard = self._comes_to(self._all_told, "everything is published and attested")
            faults.retire()
        self._crowd.leave()
        return self._judged(faults, at_rest and heard, took)

    def _under_faults(self, workers: Sequence[Supervisor]) -> Faults:
        faults = Faults(self._schedule, self._parts, workers)
        began, over = monotonic(), threading.Event()
        self._crowd.start()
        faults.start()
        while (left := began + self._length.total_seconds() - monotonic()) > 0:
            over.wait(min(left, _NEWS.total_seconds()))
            tell(f"{monotonic() - began:4.0f} s  {self._news(faults)}")
        faults.end()
        return faults

    def _comes_to(self, end: Callable[[Counts], bool], what: str) -> bool:
        try:
            self._watch.until(end, what)
        except DependencyDown as late:
            tell(str(late))
            return False
        return True

    def _all_told(self, _: Counts) -> bool:
        with self._reader.connect() as connection:
            return not queries.unpublished(connection) + proofs.unattested(connection)

    def _judged(self, faults: Faults, drained: bool, took: float) -> Result:
        accepted = self._parts.sink.accepted()
        tell(f"comparing {len(accepted)} mails with the database")
        dsn = self._parts.database.dsn
        with connect(dsn, application="chaos") as db:
            found: Verdict = check(db, accepted, self._crowd.acknowledged())
        intents = len({mail.message_id for mail in accepted})
        told = receipts(self._logins["reader"], self._parts.room, self._dice)
        return Result(
            intents=intents,
            kills=faults.done[Kind.KILL],
            db_restarts=faults.restarts(),
            broker_restarts=faults.done[Kind.BROKER_KILL],
            per_second=round(intents / took, 1),
            pauses=faults.done[Kind.STOP],
            cuts=faults.cuts(),
            unpublished=self._unpublished(),
            **asdict(found),
            **asdict(told),
            drained=drained,
            seed=self._seed,
            seconds=round(self._length.total_seconds()),
        )

    def _unpublished(self) -> int:
        with self._reader.connect() as connection:
            return queries.unpublished(connection)

    def _news(self, faults: Faults) -> str:
        done = faults.done
        return (
            f"{self._crowd.count()} proposed, {done[Kind.KILL]} kills,"
            f" {done[Kind.STOP]} pauses, {faults.cuts()} cuts, {faults.restarts()} database and"
            f" {done[Kind.BROKER_KILL]} broker restarts"
        )


def _start(workers: Supervisor, cast: Mapping[str, int]) -> None:
    for role, count in cast.items():
        for _ in range(count):
            workers.start(role)


def _at_rest(counts: Counts) -> bool:
    return not any(n for state, n in counts.items() if state not in _AT_REST)


def tell(line: str) -> None:
    """Progress goes to stderr: stdout holds the result alone."""
    sys.stderr.write(f"chaos: {line}\n")
    sys.stderr.flush()
