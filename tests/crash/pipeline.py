"""The real processes of the pipeline, on real parts, for tests that kill them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.children import Child
from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from deploy.watching import Counts, Watch
from outbox import failpoints, queries
from outbox.desk import Desk
from outbox.lifecycle import State
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import mail
from tests.parts.logins import logins_of

SENDER = "billing@example.com"
PATIENCE = dt.timedelta(minutes=2)
IN_FLIGHT = (State.APPROVED, State.SENDING, State.RELEASING)
WITH_MACHINES = (State.SUBMITTED, State.SCORING, State.SCORED)


class Pipeline:
    """One database, one mail server that counts, and the processes between them."""

    def __init__(self, db: Connection, watch: Watch, sink: MailSink, run: Supervisor) -> None:
        self.db = db
        self.watch = watch
        self.sink = sink
        self.run = run

    def propose(self, count: int) -> None:
        for number in range(count):
            journey.proposed(self.db, mail(f"Mail {number}"))

    def approve_all(self) -> None:
        """A person approves whatever awaits one."""
        desk = Desk(self.db, actor="ada")
        for state in (State.IN_REVIEW, State.AWAITING_APPROVAL):
            for intent in self.watch.in_state(state):
                desk.approve(
                    intent.id,
                    digest=journey.seen(self.db, intent.id),
                    valid_for=dt.timedelta(hours=1),
                )

    def doomed_sender(self, point: failpoints.Point) -> Child:
        """A sender with one thread that dies at `point`."""
        return self.run.start(
            "sender", HOLDSHORT_SENDER_THREADS="1", **{failpoints.VARIABLE: point}
        )

    def up(self, process: Child) -> None:
        """Wait until it has begun to look for work."""
        process.wait_until(lambda: "stage up" in process.said(), PATIENCE)

    def settled(self) -> Counts:
        """Wait until nothing is in flight; give back the counts."""
        self.watch.until(lambda n: not any(n[s] for s in IN_FLIGHT), "all is settled")
        return self.watch.counts()

    def supervised(self, done: Callable[[Counts], bool], what: str) -> None:
        """Wait until it is done; a process that dies meanwhile is started again."""

        def look(counts: Counts) -> bool:
            self.run.restart_the_dead()
            return done(counts)

        self.watch.until(look, what)

    def decidable(self) -> None:
        """Wait until everything awaits a person."""
        self.watch.until(lambda n: not any(n[s] for s in WITH_MACHINES), "all awaits a person")

    def published(self) -> None:
        """Wait until Kafka has every move; a relay that dies meanwhile is started again."""
        queued = "SELECT FROM outbox.unpublished LIMIT 1"
        self.supervised(
            lambda _: self.db.execute(queued).fetchone() is None, "all is published"
        )

    def delivered(self) -> list[str]:
        """The Message-ID of every mail the server took over, as it counts itself."""
        return [accepted.message_id for accepted in self.sink.accepted()]


@contextmanager
def pipeline_of(
    room: Path, dsn: str, db: Connection, kafka: str, sink: MailSink
) -> Iterator[Pipeline]:
    """A pipeline without processes; those it starts end with the block.

    Each has a login of its own: whatever these tests see, least privilege sees, too.
    """
    environment = environment_of(dsn, kafka, sink)
    with Supervisor(room, environment, logins_of(dsn)) as run:
        yield Pipeline(db, Watch(queries.reader(dsn), PATIENCE), sink, run)


def environment_of(dsn: str, kafka: str, sink: MailSink) -> dict[str, str]:
    """What its processes are told."""
    stack = Stack(dsn, kafka, sink.endpoint.url, sink.endpoint.ca_file, sink)
    return stack.environment(
        dsn, smtp_senders=SENDER, send_lease="2s", look_every="200ms", sender_threads="2"
    )
