"""One worker of the pipeline: `python -m deploy.bench.pipeline.worker`; see `bench.team`."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
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
from outbox import Proposal, submit
from outbox.claim import SCORE
from outbox.granting import Granter
from outbox.ledger import Ledger
from outbox.settings import Settings
from outbox.store import Connection, connect
from schemas.receipts.keys import trusted

BATCH = 100
"""How many are proposed at a time, and claimed at a time by the stages that may."""
ENOUGH_FOR_NOW = 2 * BATCH
"""How many are sent before the next are proposed: more than that, so that nothing piles up."""

Look = Callable[[], int]
"""Do what is there to do, up to one batch; give back how much that was."""


def propose(agent: Connection, who: str) -> int:
    """Propose a batch in one transaction."""
    begun = time.monotonic_ns()
    with agent.transaction():
        for number in range(BATCH):
            key = f"{who}-{begun}-{number}"
            submit(agent, Proposal(artifact=MAIL, key=key, producer="bench"))
    return BATCH


def stages(dsns: dict[str, str], trust: Path, who: str, channel: Nowhere) -> list[Look]:
    """Every stage after the proposal, each over a connection of its own."""
    scorer, router, granter, sender = (
        connect(dsns[role], application=f"bench {role}")
        for role in ("scorer", "router", "granter", "sender")
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
        _sending(sender, dsns["sender"], trust, who, channel),
    ]


def _sending(connection: Connection, dsn: str, trust: Path, who: str, channel: Nowhere) -> Look:
    lease: dt.timedelta = Settings.model_fields["send_lease"].default
    roots = trusted(trust.read_bytes())

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(dsn, application="bench sender") as another:
            yield Ledger(another, worker=who)

    sender = Sender(
        Ledger(connection, worker=who),
        {"email": channel},
        Leases(lease),
        Halt("email", lease),
        reconnected,
        authority=BySignature(connection, roots, Rulings(roots)),
    )

    def look() -> int:
        done = 0
        while done < ENOUGH_FOR_NOW and (found := sender.look()):
            done += found
        return done

    return look


def main() -> None:
    """Be in the pipeline for so many seconds; then finish what is left, and say so."""
    dsns, seconds = json.loads(os.environ["BENCH_DSNS"]), float(os.environ["BENCH_SECONDS"])
    who, channel = f"bench-{os.environ['BENCH_NUMBER']}", Nowhere()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        logs.configure("json", stream=nowhere)
        agent = connect(dsns["agent"], application="bench agent")
        looks = stages(dsns, Path(os.environ["BENCH_TRUST"]), who, channel)
        _through(agent, looks, who)  # what a process does for the first time is slow
        _finish(looks)
        warm = channel.sent
        wait_for_the_gate()
        begun = time.monotonic()
        while (took := time.monotonic() - begun) < seconds:
            _through(agent, looks, who)
        rate = (channel.sent - warm) / took
        _finish(looks)
        sys.stdout.write(json.dumps({"rate": rate, "sent": channel.sent}) + "\n")


def _through(agent: Connection, looks: list[Look], who: str) -> None:
    propose(agent, who)
    for look in looks:
        look()


def _finish(looks: list[Look]) -> None:
    while sum(look() for look in looks):
        pass


if __name__ == "__main__":
    main()
