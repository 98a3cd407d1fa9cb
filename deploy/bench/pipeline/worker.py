"""One worker of the pipeline: `python -m deploy.bench.pipeline.worker`; see `bench.team`."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from consumers import routing, scoring
from consumers.authority import BySignature
from consumers.granting import Granting
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.rulings import Rulings
from consumers.scorers.history import Past
from consumers.sending import Sender
from deploy import logs
from deploy.bench.installation import MAIL
from deploy.bench.peers.saying import wait_for_the_gate
from deploy.bench.pipeline.channel import AlwaysFine, Nowhere
from outbox import Proposal
from outbox.claim import SCORE
from outbox.granting import Granter
from outbox.ledger import Ledger
from outbox.settings import Settings
from outbox.store import Connection, connect
from outbox.submit import submit_each
from schemas.receipts.keys import trusted

BATCH = 100
"""How many are proposed at a time, and claimed at a time by the stages that may."""
THREADS = 16
"""How many of a worker send at a time: what waits for a disk waits together."""
SENT_AT_ONCE = BATCH
"""How many each of them sends before the worker goes on: more than come in, in all."""

WARM = 4
"""How many batches go through before it counts: what a session does first, it plans, too."""

Look = Callable[[], int]
"""Do what is there to do, up to one batch; give back how much that was."""


def propose(agent: Connection, who: str) -> int:
    """Propose a batch in one transaction."""
    begun = time.monotonic_ns()
    keys = (f"{who}-{begun}-{number}" for number in range(BATCH))
    proposals = [Proposal(artifact=MAIL, key=key, producer="bench") for key in keys]
    return len(submit_each(agent, proposals))


def stages(dsns: dict[str, str], trust: Path, who: str, channels: list[Nowhere]) -> list[Look]:
    """Every stage after the proposal, each over a connection of its own."""
    scorer, router, granter = (
        connect(dsns[role], application=f"bench {role}")
        for role in ("scorer", "router", "granter")
    )
    defaults = Settings.model_fields
    valid_for: dt.timedelta = defaults["approval_valid_for"].default
    hold: dt.timedelta = defaults["approval_hold"].default
    return [
        partial(
            scoring.look,
            Ledger(scorer, worker=who),
            AlwaysFine(),
            Past(scorer),
            replace(SCORE, batch=BATCH),
        ),
        partial(routing.look, Ledger(router, worker=who), review_below=0.5),
        Granting(Granter(granter, worker=who, valid_for=valid_for, hold=hold)).look,
        sending(dsns["sender"], trust, who, channels),
    ]


def sending(dsn: str, trust: Path, who: str, channels: list[Nowhere]) -> Look:
    """The threads of one sending process, one for each channel."""
    lease: dt.timedelta = Settings.model_fields["send_lease"].default
    leases, halt, roots = Leases(lease), Halt("email", lease), trusted(trust.read_bytes())
    rulings = Rulings(roots)

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(dsn, application="bench sender") as another:
            yield Ledger(another, worker=who)

    def sender(channel: Nowhere) -> Sender:
        connection = connect(dsn, application="bench sender")
        ledger = Ledger(connection, worker=who)
        believed = BySignature(connection, roots, rulings)
        return Sender(ledger, {"email": channel}, leases, halt, reconnected, authority=believed)

    senders = [sender(channel) for channel in channels]
    threads = ThreadPoolExecutor(len(senders))
    return lambda: sum(threads.map(_some, senders))


def _some(sender: Sender) -> int:
    done = 0
    while done < SENT_AT_ONCE and (found := sender.look()):
        done += found
    return done


def main() -> None:
    """Be in the pipeline for so many seconds; then finish what is left, and say so."""
    dsns, seconds = json.loads(os.environ["BENCH_DSNS"]), float(os.environ["BENCH_SECONDS"])
    who, channels = f"bench-{os.environ['BENCH_NUMBER']}", [Nowhere() for _ in range(THREADS)]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        logs.configure("json", stream=nowhere)
        agent = connect(dsns["agent"], application="bench agent")
        looks = stages(dsns, Path(os.environ["BENCH_TRUST"]), who, channels)
        for _ in range(WARM):
            _through(agent, looks, who)
            _finish(looks)
        warm = _sent(channels)
        wait_for_the_gate()
        begun = time.monotonic()
        while (took := time.monotonic() - begun) < seconds:
            _through(agent, looks, who)
        rate = (_sent(channels) - warm) / took
        _finish(looks)
        sys.stdout.write(json.dumps({"rate": rate, "sent": _sent(channels)}) + "\n")


def _sent(channels: list[Nowhere]) -> int:
    return sum(channel.sent for channel in channels)


def _through(agent: Connection, looks: list[Look], who: str) -> None:
    propose(agent, who)
    for look in looks:
        look()


def _finish(looks: list[Look]) -> None:
    while sum(look() for look in looks):
        pass


if __name__ == "__main__":
    main()
