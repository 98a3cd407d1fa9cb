"""The pipeline with every point armed, and what makes each of them come."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass, field

from deploy.local.children import Child
from outbox.desk import Desk, Outbound
from outbox.failpoints import VARIABLE, Point
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, Pipeline
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.granting import given, revoke
from tests.parts.receiver import Receiver

EVERYWHERE = ",".join(f"{point}=sleep:0" for point in Point)
HELD_UP = f"{EVERYWHERE},before_permit=sleep:3000"


@dataclass
class Tour:
    """The pipeline with every point armed, and what its processes said."""

    dsn: str
    pipeline: Pipeline
    said: str = ""
    running: list[Child] = field(default_factory=list)

    def command(self, *arguments: str, stdin: str = "") -> None:
        done = holdshort(*arguments, stdin=stdin, dsn=self.dsn, failpoint=EVERYWHERE)
        assert done.code == 0, done
        self.said += done.err

    def start(self, role: str, armed: str = EVERYWHERE, **settings: str) -> Child:
        child = self.pipeline.run.start(role, **{VARIABLE: armed}, **settings)
        self.running.append(child)
        return child

    def end(self) -> None:
        """Drain them all."""
        for child in self.running:
            child.signal(signal.SIGTERM)
        for child in self.running:
            assert child.ended(PATIENCE)
            assert child.exit_code == 0, child.said()
            self.said += child.said()

    def reached(self) -> set[str]:
        return set(re.findall(r"^failpoint (\w+): sleep$", self.said, re.MULTILINE))


def comes_to(process: Child, *points: str) -> None:
    """Wait until it has come to all of them."""

    def there() -> bool:
        said = process.said()
        return all(f"failpoint {point}" in said for point in points)

    process.wait_until(there, PATIENCE)


def the_desk_decides_everything(tour: Tour) -> None:
    db = tour.pipeline.db
    unsure = journey.stranded(db, Ledger(db, worker="sender-1"))
    one, other, third = (journey.awaiting(db) for _ in range(3))
    why = ("--reason", "r", "--by", "ada")
    tour.command("outbound", "off", "--by", "ada")
    yes = ("approve", str(one.id), "--digest", journey.seen(db, one.id), "--by", "ada")
    tour.command(*yes)
    tour.command("revoke", str(one.id), *why)
    tour.command("reject", str(one.id), *why)
    edit = ("edit", str(other.id), "-", "--digest", journey.seen(db, other.id), "--by", "ada")
    tour.command(*edit, stdin=journey.mail("Other bytes").model_dump_json())
    tour.command("withdraw", str(other.id), *why)
    third_read = (str(third.id), "--digest", journey.seen(db, third.id))
    tour.command("defer", *third_read, "--for", "3d", *why)
    tour.command("take-up", str(third.id), "--by", "bob")
    tour.command("send-back", *third_read, *why)
    tour.command("resolve", str(unsure.id), "--as", "sent", *why)
    tour.command("migrate")


def a_mail_is_approved_by_a_grant_and_taken_back(tour: Tour) -> None:
    """Before there is a sender."""
    db = tour.pipeline.db
    grant = given(db, signer=None, subject="Granted")
    intent = journey.awaiting(db, journey.mail("Granted"))
    granter = tour.start("granter")
    comes_to(granter, "after_granted")
    Desk(db, actor="ada").withdraw(intent.id, reason="only to see it")
    revoke(db, grant)


def kafka_will_refuse_an_event(db: Connection) -> None:
    """A legal move whose record is larger than a producer takes."""
    db.execute(
        "WITH logged AS (INSERT INTO outbox.event"
        " (intent_id, source, target, role, version, digest) SELECT"
        " id, 'scoring', 'submitted', 'sweeper', 1, repeat('a', 2000000) FROM outbox.intent"
        " LIMIT 1 RETURNING *)"
        " INSERT INTO outbox.unpublished SELECT intent_id % 16, seq FROM logged"
    )


def a_mail_is_held_up_and_sent_later(tour: Tour, sender: Child) -> None:
    """Sending is turned off while its sender is about to ask for the permit."""
    proposal = ("submit", "-", "--key", "k", "--producer", "tests")
    tour.command(*proposal, stdin=journey.mail().model_dump_json())
    tour.pipeline.decidable()
    tour.pipeline.approve_all()
    desk = Desk(tour.pipeline.db, actor="ada")
    desk.flip(Outbound.ON)
    comes_to(sender, "before_permit")
    desk.flip(Outbound.OFF)
    comes_to(sender, "after_put_back")
    desk.flip(Outbound.ON)
    assert tour.pipeline.settled()[State.SENT] == 2
    comes_to(sender, "after_renewal")


def a_request_is_sent(tour: Tour, receiver: Receiver) -> None:
    journey.proposed(tour.pipeline.db, receiver.request())
    tour.pipeline.decidable()
    tour.pipeline.approve_all()
    assert tour.pipeline.settled()[State.SENT] == 3
    assert receiver.delivered().total() == 1


def the_database_is_lost_for_a_moment(db: Connection, sweeper: Child) -> None:
    """Its sessions end, as in a restart of the server."""
    comes_to(sweeper, "after_sweep")
    db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'holdshort stage'"
    )
    comes_to(sweeper, "reconnected")
