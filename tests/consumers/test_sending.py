"""What a channel answers decides what becomes of an intent."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass

import pytest

from consumers.authority import by_name
from consumers.channels import Deferred, Delivered, Halted, Outcome, Permit, Refused, Uncertain
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from outbox.claim import Claim
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.manifest import Transport, required
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import state_of

HALF_A_MINUTE = journey.HALF_A_MINUTE


@dataclass(frozen=True, slots=True)
class Answering:
    """A channel whose other side always answers the same."""

    outcome: Outcome
    tls: bool = True

    @property
    def transport(self) -> Transport:
        return required("email").model_copy(update={"tls": self.tls})

    def send(self, _: Claim, permit: Permit) -> Outcome:
        if not isinstance(self.outcome, Deferred | Halted):
            permit()
        return self.outcome

    def let_go(self) -> None:
        """Nothing was kept."""


def sender(db: Connection, outcome: Outcome, *, lease: dt.timedelta = HALF_A_MINUTE) -> Sender:
    ledger = Ledger(db, worker="sender-1")
    halt = Halt("email", HALF_A_MINUTE)
    return Sender(
        ledger,
        {"email": Answering(outcome)},
        Leases(lease),
        halt,
        lambda: nullcontext(ledger),
        authority=by_name,
    )


@pytest.mark.parametrize(
    ("outcome", "state", "kind"),
    [
        (Delivered({"reply": "250 ok"}), "sent", "sent"),
        (Refused("550 no such user"), "in_review", "refused"),
        (Deferred("450 busy"), "approved", "put_back"),
        (Halted("certificate expired"), "approved", "put_back"),
        (Uncertain("hung up after the dot"), "stranded", "stranded"),
    ],
)
def test_every_outcome_leads_to_its_state_and_leaves_a_receipt(
    db: Connection, outcome: Outcome, state: str, kind: str
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)

    assert sender(db, outcome).look() == 1

    assert state_of(db, intent.id) == state
    assert journey.kinds_of(db, intent.id)[-1] == kind


def test_a_destination_that_cannot_be_trusted_is_left_alone_for_a_while(db: Connection) -> None:
    journey.approved(db)
    journey.approved(db)
    journey.switch_on(db)
    halted = sender(db, Halted("certificate expired"))

    assert halted.look() == 1
    assert halted.look() == 0


def test_a_refused_intent_needs_a_new_approval(db: Connection) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    sender(db, Refused("550 no such user")).look()

    assert sender(db, Delivered({})).look() == 0
    Desk(db, actor="ada").approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=journey.HOUR
    )
    assert sender(db, Delivered({})).look() == 1


def test_an_intent_for_an_unknown_channel_goes_to_a_person(db: Connection) -> None:
    intent = journey.approved(db)
    db.execute("UPDATE outbox.intent SET channel = 'pigeon'")
    journey.switch_on(db)

    sender(db, Delivered({})).look()

    assert state_of(db, intent.id) == "in_review"


def test_what_is_other_than_approved_is_not_even_handed_to_the_channel(db: Connection) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    ledger = Ledger(db, worker="sender-1")
    channel = Answering(Delivered({}), tls=False)
    leases, halt = Leases(HALF_A_MINUTE), Halt("email", HALF_A_MINUTE)

    Sender(
        ledger,
        {"email": channel},
        leases,
        halt,
        lambda: nullcontext(ledger),
        authority=by_name,
    ).look()

    assert state_of(db, intent.id) == "in_review"
    told = "SELECT evidence ->> 'why' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    assert db.execute(told).fetchall() == [
        ("it is not what was approved: other transport.tls",)
    ]


def test_a_permit_that_comes_after_the_lease_by_the_workers_own_clock_is_not_used(
    db: Connection,
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    db.execute(
        "CREATE FUNCTION pg_temp.longer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " NEW.lease_expires_at := NEW.lease_expires_at + interval '1 hour';"
        " RETURN NEW; END $$"
    )
    db.execute(
        "CREATE TRIGGER longer BEFORE UPDATE OF lease_expires_at ON outbox.intent FOR EACH ROW"
        " WHEN (NEW.lease_expires_at IS NOT NULL) EXECUTE FUNCTION pg_temp.longer()"
    )

    sender(db, Delivered({}), lease=dt.timedelta(microseconds=1)).look()

    assert state_of(db, intent.id) == "releasing"
    assert journey.kinds_of(db, intent.id)[-1] == "permit"
