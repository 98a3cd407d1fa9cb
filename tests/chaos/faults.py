"""Carry out the schedule: kill, pause, restart, and let the supervisor do its part."""

from __future__ import annotations

import datetime as dt
import math
import signal
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from deploy.local.children import Child
from deploy.supervisor import Supervisor
from tests.chaos.parts import Parts
from tests.chaos.plan import BROKER, CUTS, DATABASE, WORKERS, Fault, Kind
from tests.parts.proxy import Cut, nth

SHUTDOWNS = {
    Kind.DATABASE_FAST: signal.SIGINT,
    Kind.DATABASE_IMMEDIATE: signal.SIGQUIT,
    Kind.DATABASE_KILL: signal.SIGKILL,
}
_RIPE = dt.timedelta(seconds=2)
"""A process that has not begun to work is not worth a kill, and none is counted."""
REQUESTS = 40
"""A cut comes with one of this many next requests: as many as a mail or two make."""
_GLANCE = dt.timedelta(milliseconds=100)


class Faults:
    """Strikes in four threads: no kind of fault waits for another."""

    def __init__(
        self, faults: Iterable[Fault], parts: Parts, workers: Sequence[Supervisor]
    ) -> None:
        self._faults = list(faults)
        self._parts = parts
        self._workers = workers
        self._no_more, self._over = threading.Event(), threading.Event()
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="faults")
        self._running: list[Future[None]] = []
        self._paused: list[tuple[float, Child]] = []
        self._seen: dict[int, float] = {}
        self._began = 0.0
        self.done: Counter[Kind] = Counter()

    def start(self) -> None:
        self._began = monotonic()
        self._running = [
            self._threads.submit(self._tend, self._of(WORKERS)),
            self._threads.submit(self._strike, self._of(DATABASE), self._restart_database),
            self._threads.submit(self._strike, self._of(BROKER), self._restart_broker),
            self._threads.submit(self._strike, self._of(CUTS), self._cut),
        ]

    def restarts(self) -> int:
        """Restarts of the database, whichever way it was ended."""
        return sum(self.done[kind] for kind in DATABASE)

    def cuts(self) -> int:
        """Connections that were cut; an order that no request came for is none."""
        return self._parts.database_line.cuts + self._parts.mail_line.cuts

    def end(self) -> None:
        """No more faults; what was paused goes on, and the dead are still restarted."""
        self._no_more.set()
        for strikes in self._running[1:]:
            strikes.result()

    def retire(self) -> None:
        """The dead stay dead.  Raises what a strike did not foresee."""
        self.end()
        self._over.set()
        self._running[0].result()

    def _of(self, kinds: Collection[Kind]) -> list[Fault]:
        return [fault for fault in self._faults if fault.kind in kinds]

    def _strike(self, faults: list[Fault], how: Callable[[Fault], None]) -> None:
        for fault in faults:
            due = self._began + fault.at.total_seconds()
            if self._no_more.wait(max(0.0, due - monotonic())):
                return
            how(fault)
            self.done[fault.kind] += 1

    def _restart_database(self, fault: Fault) -> None:
        self._parts.database.restart(SHUTDOWNS[fault.kind])

    def _restart_broker(self, _: Fault) -> None:
        self._parts.broker.kill()
        self._parts.broker.start()

    def _cut(self, fault: Fault) -> None:
        mail = fault.kind is Kind.MAIL_CUT
        line = self._parts.mail_line if mail else self._parts.database_line
        number = math.ceil(fault.lot * REQUESTS)
        line.cut(Cut.AFTER if number % 2 else Cut.BEFORE, nth(number))

    def _tend(self, faults: list[Fault]) -> None:
        left = faults[::-1]
        while not self._over.wait(_GLANCE.total_seconds()):
            if self._no_more.is_set():
                left.clear()
            while left and self._began + left[-1].at.total_seconds() <= monotonic():
                self._hit(left.pop())
            self._wake()
            for supervisor in self._workers:
                supervisor.restart_the_dead()

    def _hit(self, fault: Fault) -> None:
        ripe = self._ripe()
        if not ripe:
            return
        victim = ripe[int(fault.lot * len(ripe))]
        if fault.kind is Kind.STOP:
            victim.signal(signal.SIGSTOP)
            self._paused.append((monotonic() + fault.lasts.total_seconds(), victim))
        else:
            victim.kill()
        self.done[fault.kind] += 1

    def _ripe(self) -> list[Child]:
        now = monotonic()
        everybody = [child for one in self._workers for child in one.children.values()]
        running = [child for child in everybody if child.exit_code is None]
        self._seen = {child.pid: self._seen.get(child.pid, now) for child in running}
        oldest = now - _RIPE.total_seconds()
        return [child for child in running if self._seen[child.pid] <= oldest]

    def _wake(self) -> None:
        now = monotonic()
        due = [paused for paused in self._paused if paused[0] <= now or self._no_more.is_set()]
        for paused in due:
            paused[1].signal(signal.SIGCONT)
            self._paused.remove(paused)
