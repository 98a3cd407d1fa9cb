"""Two pipelines on two databases of one server, with receipts and without, round by round."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

from consumers.attesting import BATCH
from deploy import logs
from deploy.local.databases import temporary_database
from deploy.local.logins import logins
from outbox.settings import Settings
from outbox.store import connect
from schemas.migrate import upgrade
from tests.parts import journey
from tests.parts.receipts import attester
from tests.receipts.cost.stages import LOOKS, run
from tests.receipts.cost.without import forget_receipts

_SPAWN = multiprocessing.get_context("spawn")
LOOK_EVERY: dt.timedelta = Settings.model_fields["look_every"].default
PATIENCE = 600
"""Seconds until a round that hangs is given up."""


class Pipeline:
    """One process for each stage; they wait between the rounds."""

    def __init__(self, dsns: dict[str, str], intents: int, rounds: int) -> None:
        self._intents = intents
        self._barrier = _SPAWN.Barrier(len(LOOKS) + 1, timeout=PATIENCE * rounds)
        shares = [intents] * rounds
        self._processes = [
            _SPAWN.Process(target=run, args=(stage, dsns[stage], shares, self._barrier))
            for stage in LOOKS
        ]

    def __enter__(self) -> Pipeline:
        for process in self._processes:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
            process.join()

    def round(self) -> float:
        """Intents per second, from the first proposal until the last is sent."""
        self._barrier.wait(PATIENCE)
        begun = time.perf_counter()
        self._barrier.wait(PATIENCE)
        return self._intents / (time.perf_counter() - begun)


@contextmanager
def pipeline(server: str, *, receipts: str, intents: int, rounds: int) -> Iterator[Pipeline]:
    """A pipeline on a database of its own; `receipts` is `on` or `off`."""
    with ExitStack() as stack:
        dsn = stack.enter_context(temporary_database(server))
        upgrade(dsn)
        journey.arm(dsn)
        with connect(dsn, application="cost") as owner:
            journey.switch_on(owner)
            if receipts == "off":
                forget_receipts(owner)
        dsns = logins(dsn)
        if receipts == "on":
            stack.enter_context(_attesting(dsns["attester"]))
        yield stack.enter_context(Pipeline(dsns, intents, rounds))


@contextmanager
def _attesting(dsn: str) -> Iterator[None]:
    over = _SPAWN.Event()
    process = _SPAWN.Process(target=attest_until, args=(dsn, over))
    process.start()
    try:
        yield
    finally:
        over.set()
        process.join()


def attest_until(dsn: str, over: Event) -> None:
    """Put what waits into the log as the product does: full batches, or every few seconds."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        connect(dsn, application="attester") as connection,
    ):
        logs.configure("json", stream=nowhere)
        at_work = attester(connection)
        while not over.is_set():
            if at_work.look() < BATCH:
                over.wait(LOOK_EVERY.total_seconds())
