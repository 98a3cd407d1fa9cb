"""An approved intent before a real sender, and somebody who owns the database."""

from __future__ import annotations

import base64
import datetime as dt
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import LiteralString

from consumers.authority import by_name
from consumers.channels.smtp import Smarthost, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.bench.flat.rewriting import rewriting
from deploy.local.sink import MailSink
from outbox import Attachment, Email, Proposal, submit
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.faults.sending import Interrupted, nothing
from tests.parts import journey

SENDER = "agent@example.com"
A_DAY = dt.timedelta(days=1)
MAILS = (
    Email(sender=SENDER, to=("ada@example.org",), subject="Your invoice", text=".\nDear Ada\n"),
    Email(
        sender=SENDER,
        sender_name="Agentür",
        to=("ada@bücher.example", "Bob@example.org"),
        cc=("grace@example.net",),
        subject="Rechnung für Mai",
        text="Grüße\n",
        html="<p>Grüße</p>",
        attachments=(
            Attachment(
                filename="résumé.csv",
                media_type="text/csv",
                content=base64.b64encode(b"a;b\n.\n" * 9),
            ),
        ),
    ),
)
UNLOCK: tuple[LiteralString, ...] = (
    "ALTER TABLE outbox.artifact DROP CONSTRAINT a_digest_names_these_very_bytes",
    "ALTER TABLE outbox.approval DROP CONSTRAINT a_digest_names_this_very_manifest",
    "ALTER TABLE outbox.intent DROP CONSTRAINT it_may_leave_before_it_must_not",
    "ALTER TABLE outbox.intent DROP CONSTRAINT an_intent_names_its_own_artifact",
    "ALTER TABLE outbox.intent DROP CONSTRAINT approval_is_for_these_very_bytes",
    "ALTER TABLE outbox.intent DROP CONSTRAINT the_attempt_spent_this_approval",
)


@dataclass(slots=True)
class World:
    """Some approved intents, one of which is next, and a way out."""

    db: Connection
    sink: MailSink
    chance: random.Random
    ids: list[int] = field(default_factory=list)
    id: int = 0
    """The one that would leave."""

    @property
    def other(self) -> int:
        """Another one with other bytes, which was approved, too."""
        place = self.ids.index(self.id)
        return self.ids[(place + 1) % len(self.ids)]

    def smarthost(self) -> Smarthost:
        where = self.sink.endpoint
        return Smarthost.from_url(where.url, ca_file=where.ca_file, senders=[SENDER])

    def tampered(self, statement: LiteralString, *parameters: object) -> None:
        """Do it as the owner of the tables, whom neither triggers nor references stop."""
        [table, *_] = re.findall(r"(?:UPDATE|INTO|FROM) outbox\.(\w+)", statement)
        with rewriting(self.db, table):
            self.db.execute(statement, parameters)
            self.db.execute("SET LOCAL session_replication_role = origin")


def bytes_of(world: World, query: LiteralString, id: int) -> bytes:
    """What this query finds for one intent."""
    [(found,)] = world.db.execute(query, (id,)).fetchall()
    return bytes(found)


def renamed(world: World, statement: LiteralString) -> None:
    """Put something else in a column that names."""
    world.tampered(statement, f"{world.chance.getrandbits(256):064x}", world.id)


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one attempt to send."""

    claimed: int
    asked: int
    """How often the permit was asked for."""
    attempts: int
    arrived: int


def born(db: Connection, sink: MailSink, chance: random.Random) -> World:
    """Armed and switched on, its constraints of digests taken away."""
    world = World(db, sink, chance)
    soon = dt.datetime.now(dt.UTC) + A_DAY
    for number, mail in enumerate((*MAILS, *MAILS)):
        late = soon if number >= len(MAILS) else None
        proposal = Proposal(artifact=mail, key=f"k{number}", producer="p", not_after=late)
        world.ids.append(submit(db, proposal).id)
    journey.score_and_route(db)
    for id in world.ids:
        digest = journey.seen(db, id)
        Desk(db, actor="ada").approve(id, digest=digest, valid_for=A_DAY)
    journey.switch_on(db)
    for statement in UNLOCK:
        db.execute(statement)
    return world


@contextmanager
def next_to_leave(world: World) -> Iterator[None]:
    """One of them is due, the others are not; whatever happens is undone."""
    with world.db.transaction(force_rollback=True):
        world.id = world.chance.choice(world.ids)
        later = "UPDATE outbox.intent SET due_at = now() + interval '1 day' WHERE id <> %s"
        world.db.execute(later, (world.id,))
        yield


def tried(world: World, channel: Smtp, at_the_permit: Callable[[], None] = nothing) -> Tried:
    """Let the real sender look once; `at_the_permit` is done just before it is asked for."""
    asked = []

    def about_to_ask() -> None:
        asked.append(True)
        at_the_permit()

    ledger = Ledger(world.db, worker="sender-1")
    before = len(world.sink.accepted())
    claimed = Sender(
        ledger,
        {"email": Interrupted(channel, before=about_to_ask)},
        Leases(journey.HALF_A_MINUTE),
        Halt("email", A_DAY),
        lambda: nullcontext(ledger),
        authority=by_name,
    ).look()
    [(attempts,)] = world.db.execute("SELECT count(*) FROM outbox.attempt").fetchall()
    arrived = len(world.sink.accepted()) - before
    return Tried(claimed, len(asked), int(attempts), arrived)
