"""What a sender thinks of an approval in another's place, whatever the database says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from outbox import Intent
from outbox.seen import current
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.covering import Leaving
from schemas.authority.documents import Approval
from schemas.authority.judging import Asked, judge
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.parts import journey
from tests.parts.granting import delegation_of
from tests.parts.reviewers import (
    ADA,
    BOB,
    EVE,
    ROOTS,
    approval,
    enrolled,
    item_of,
    log_of,
    now,
    revoked,
)

HOUR = journey.HOUR
PEOPLE = (enrolled("ada", ADA.key), enrolled("bob", BOB.key), enrolled("eve", EVE.key))


class Told:
    """What a sender judges, without a database."""

    def __init__(self, db: Connection, intent: Intent) -> None:
        self.log = log_of(db)
        self.item = item_of(db, intent)
        self.leaving = Leaving(current(db, intent.id), None)

    def yes(self, by: str = "bob", of: str | None = "ada", signer: Signer = BOB) -> Envelope:
        said: Approval = approval(self.item, log=self.log, approver=by)
        return signing.signed(replace(said, delegator=of), signer)

    def delegation(self, signer: Signer = ADA, **change: Any) -> Envelope:
        said = delegation_of(change.pop("log", self.log), **change)
        return signing.signed(said, signer)

    def refusal(self, *envelopes: Envelope, needed: int = 1) -> str:
        asked = Asked(self.log, self.item, (Need(needed),), leaving=self.leaving)
        try:
            judge(asked, [*PEOPLE, *envelopes], ROOTS, now())
        except Refusal as refused:
            return refused.reason
        return ""


@pytest.fixture
def told(db: Connection) -> Told:
    return Told(db, journey.awaiting(db))


def test_a_sender_judges_a_delegation_by_its_signature_and_its_dates(told: Told) -> None:
    good = told.delegation()
    to_eve = told.delegation(delegate="eve")
    on = told.delegation(signer=BOB, delegator="bob", delegate="eve")
    assert told.refusal(told.yes(), good) == ""
    assert told.refusal(told.yes()) == "delegation_missing"
    assert told.refusal(told.yes(), to_eve) == "delegation_missing"
    assert told.refusal(told.yes(), told.delegation(log="other")) == "delegation_missing"
    assert told.refusal(told.yes(), told.delegation(EVE)) == "key_of_another"
    assert told.refusal(told.yes(), replace(good, signature=b"")) == "signature_invalid"
    over = told.delegation(expires_at=now() - HOUR)
    assert told.refusal(told.yes(), over) == "delegation_expired"
    early = told.delegation(not_before=now() + HOUR)
    assert told.refusal(told.yes(), early) == "delegation_not_begun"
    assert told.refusal(told.yes(), over, early, good) == ""
    gone = revoked(document=digest_of(good.payload))
    assert told.refusal(told.yes(), good, gone) == "delegation_revoked"
    # What ada gave to bob, bob does not hand on to eve.
    assert told.refusal(told.yes("eve", "ada", EVE), good, on) == "delegation_missing"


def test_a_sender_hears_nobody_twice_whoever_counts(told: Told) -> None:
    good = told.delegation()
    assert told.refusal(told.yes(), good, told.yes("eve", None, EVE), needed=2) == ""
    for by, signer in (("ada", ADA), ("bob", BOB)):
        other = told.yes(by, None, signer)
        assert told.refusal(told.yes(), good, other, needed=2) == "approvers_missing"


def test_a_sender_believes_no_delegate_about_what_one_of_the_two_has_proposed(
    told: Told,
) -> None:
    for producer in ("ADA", "bob"):
        said = told.leaving.manifest.model_copy(update={"producer": producer})
        told.leaving = Leaving(said, None)
        told.item = replace(told.item, manifest=said.digest)
        assert told.refusal(told.yes(), told.delegation()) == "producer_approves"
