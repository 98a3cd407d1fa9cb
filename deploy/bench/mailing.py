"""One sender process, with its threads, to a mail server that answers at once.

It is `holdshort run sender` as it is, over verified TLS and with a login, and it believes
signatures alone.  The window is what is ambiguous of a mail: from the beginning of the
transaction of its permit until that of its receipt.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import LiteralString

from deploy.bench.frame import Broken, Contestant, Figures, Place, Round
from deploy.bench.installation import MAIL, SENDER, Installation, installed
from deploy.bench.pipeline.channel import Nowhere
from deploy.bench.pipeline.worker import BATCH, stages
from deploy.bench.queues import refreshed
from deploy.bench.taking import Taking, cpu_of
from deploy.local.children import Child
from deploy.local.signing import PERSON
from outbox import Proposal
from outbox.desk import Desk, Outbound
from outbox.errors import DependencyDown
from outbox.store import Connection, connect
from outbox.submit import submit_each

COMMAND = (sys.executable, "-m", "deploy.cli", "run", "sender")
WITHIN = timedelta(minutes=5)
_GLANCE = 0.1
LEFT: LiteralString = (
    "SELECT count(*) FROM outbox.intent WHERE state IN ('approved', 'sending', 'releasing')"
)
TOLD: LiteralString = """
    WITH told AS (
        SELECT min(at) FILTER (WHERE kind = 'permit') AS permitted,
               min(at) FILTER (WHERE kind = 'sent') AS sent
          FROM outbox.receipt WHERE intent_id > %(after)s GROUP BY intent_id
    ), known AS (
        SELECT permitted, sent, extract(epoch FROM sent - permitted)::float AS doubt FROM told
    )
    SELECT count(sent), extract(epoch FROM max(sent) - min(permitted))::float,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY doubt),
           percentile_cont(0.99) WITHIN GROUP (ORDER BY doubt)
      FROM known"""


def named(threads: int) -> str:
    return f"Holdshort, {threads} sending threads"


def mailing(threads: int) -> Contestant:
    """One process with so many threads."""
    return Contestant(name=named(threads), opened=partial(_opened, threads))


@contextmanager
def _opened(threads: int, place: Place) -> Iterator[Round]:
    room = Path(mkdtemp(dir=place.room))
    with (
        installed(place) as ours,
        connect(ours.dsn, application="bench") as owner,
        Taking(room) as taking,
    ):
        yield _Mailing(ours, owner, taking, room, threads, place.amount(10_000, 2_000)).play


@dataclass(slots=True)
class _Mailing:
    ours: Installation
    owner: Connection
    taking: Taking
    room: Path
    threads: int
    mails: int
    left: int = 0
    """How many mails have left in the rounds before."""

    def play(self) -> Figures:
        """Approve while sending is off; turn it on, and wait until all has left."""
        desk = Desk(self.owner, actor=PERSON)
        desk.flip(Outbound.OFF)
        _approve(self.ours, self.mails, self.left)
        refreshed(self.owner)
        environment = _told(self.ours, self.taking, self.threads)
        with Child(COMMAND, log=self.room / "sender.log", env=environment) as sender:
            sender.wait_until(lambda: "stage up" in sender.said(), WITHIN)
            before = cpu_of(self.taking.pid), cpu_of(sender.pid)
            desk.flip(Outbound.ON)
            _wait(self.owner, sender)
            after = cpu_of(self.taking.pid), cpu_of(sender.pid)
            os.kill(sender.pid, signal.SIGTERM)
            sender.ended(WITHIN)
        found = _figures(self.owner, self.left, self.mails)
        self.left += self.mails
        _kept(self.taking, self.left)
        used = ((late - early) / self.mails for early, late in zip(before, after, strict=True))
        return found | dict(zip(("sink_cpu", "cpu"), used, strict=True))


def _told(ours: Installation, taking: Taking, threads: int) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
    return {
        **inherited,
        "HOLDSHORT_DSN": ours.logins["sender"],
        "HOLDSHORT_SMTP": taking.url,
        "HOLDSHORT_SMTP_CA": str(taking.ca_file),
        "HOLDSHORT_SMTP_SENDERS": SENDER,
        "HOLDSHORT_TRUST": str(ours.trust),
        "HOLDSHORT_SENDER_THREADS": str(threads),
        "HOLDSHORT_LOOK_EVERY": "100ms",
    }


def _approve(ours: Installation, mails: int, after: int) -> None:
    """Let everybody but the sender do their part of so many mails, each to somebody else."""
    *others, _ = stages(ours.logins, ours.trust, "bench", [Nowhere()])
    with connect(ours.logins["agent"], application="bench agent") as agent:
        for first in range(after, after + mails, BATCH):
            submit_each(
                agent,
                [
                    Proposal(
                        artifact=MAIL.model_copy(update={"to": (f"ada{number}@example.org",)}),
                        key=f"mail-{number}",
                        producer="bench",
                    )
                    for number in range(first, first + BATCH)
                ],
            )
    for look in others:
        while look():
            pass


def _wait(owner: Connection, sender: Child) -> None:
    deadline = time.monotonic() + WITHIN.total_seconds()
    while owner.execute(LEFT).fetchone() != (0,):
        if sender.exit_code is not None or time.monotonic() > deadline:
            raise DependencyDown(f"not all was sent: {sender.said()[-2000:]}")
        time.sleep(_GLANCE)


def _figures(owner: Connection, after: int, mails: int) -> Figures:
    [(sent, took, median, worst)] = owner.execute(TOLD, {"after": after}).fetchall()
    if sent != mails:
        raise Broken(f"of {mails} mails {sent} were sent")
    return {"rate": sent / took, "p50": median, "p99": worst}


def _kept(taking: Taking, left: int) -> None:
    """Raise `Broken` unless the mail server was given each mail, and each once."""
    taken, twice = taking.counted(left)
    if (taken, twice) != (left, 0):
        raise Broken(
            f"{left} receipts, and the server took {taken} mails, {twice} of them again"
        )
