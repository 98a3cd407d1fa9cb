"""How every stage runs: its loops, its bell, and the name it goes by."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterable, Sequence

import structlog

from deploy.outages import through_outages
from deploy.process import Loop, Process
from outbox import metrics
from outbox.lifecycle import State
from outbox.policy.steps import Step
from outbox.settings import Settings
from outbox.store import Connection
from outbox.work import work
from schemas.events import topic_of

log = structlog.get_logger()


def worker(role: str) -> str:
    """A name for this process that no other process, also no later one, has.

    It must not look like an address: those are not told.
    """
    return f"{role}/{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def run_stage(
    settings: Settings,
    process: Process,
    stage: str,
    announced: Sequence[State | Step],
    lookings: Iterable[Callable[[Connection], Callable[[], int]]],
    *,
    keeper: Loop | None = None,
) -> None:
    """Look at every ring and every tick, in one thread for each of `lookings`; `keeper`
    goes on until all of them have ended."""
    # Here, since a relay has no bell, and pays with its memory for what it imports.
    from consumers.wakeups import Bell, wakeups

    with Bell(settings.cluster(), [topic_of(state) for state in announced]) as bell:

        def loop_of(looking: Callable[[Connection], Callable[[], int]]) -> Loop:
            def loop(stop: threading.Event) -> None:
                def look(connection: Connection) -> None:
                    timed = _timed(stage, looking(connection))
                    work(timed, wakeups(bell, settings.look_every, stop), stop)

                through_outages(settings.dsn, "holdshort stage", look, stop)

            return loop

        log.info("stage up", hears=[str(state) for state in announced])
        process.run([loop_of(looking) for looking in lookings], keeper=keeper)


def _timed(stage: str, look: Callable[[], int]) -> Callable[[], int]:
    def timed() -> int:
        with metrics.LOOK_DURATION.labels(stage=stage).time():
            found = look()
        metrics.LAST_LOOK.labels(stage=stage).set_to_current_time()
        return found

    return timed
