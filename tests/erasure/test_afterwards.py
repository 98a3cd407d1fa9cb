"""What is true after an erasure, for those who come by later."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pytest

from consumers.scorers.history import Past
from outbox import Proposal, submit
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.errors import Conflict, LeaseLost
from outbox.intent import canonical
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.erasure.lives import sent
from tests.parts import journey


def test_the_key_of_an_erased_intent_takes_no_bytes_any_more(
    db: Connection, eraser: Eraser
) -> None:
    proposal = Proposal(artifact=journey.mail(), key="key-of-erased", producer="tests")
    intent = submit(db, proposal)
    Desk(db, actor="ada").withdraw(intent.id, reason="no")
    assert submit(db, proposal) == intent

    eraser.erase(intent.id)

    with pytest.raises(Conflict, match="with erased bytes"):
        submit(db, proposal)


def test_what_counts_for_a_cap_on_its_recipients_is_erased_once_it_does_not(
    db: Connection, eraser: Eraser
) -> None:
    id = sent(db)
    limits = Limits(db, actor="ada")
    cap = limits.set_cap(Scope.DOMAIN, "", most=5, span=journey.HOUR)
    limits.set_cap(Scope.EVERYTHING, "", most=5, span=journey.HOUR)
    limits.set_cap(Scope.ADDRESS, "other@example.org", most=5, span=journey.HOUR)
    counted = "SELECT count(*) FROM outbox.counted"
    before = db.execute(counted.encode()).fetchall()

    with pytest.raises(Conflict, match="counts until"):
        eraser.erase(id)
    assert db.execute(counted.encode()).fetchall() == before

    limits.lift_cap(cap)
    eraser.erase(id)
    left = db.execute("SELECT scope FROM outbox.counted ORDER BY 1").fetchall()
    assert left == [("channel",), ("everything",), ("producer",)]


def test_a_cap_whose_window_has_passed_holds_no_erasure_up(
    db: Connection, eraser: Eraser
) -> None:
    id = sent(db)
    span = dt.timedelta(microseconds=1)
    Limits(db, actor="ada").set_cap(Scope.ADDRESS, "", most=1, span=span)

    eraser.erase(id)

    assert journey.kinds_of(db, id)[-1] == "erased"


def test_a_scorer_forgets_what_is_erased(db: Connection, eraser: Eraser) -> None:
    id, other = sent(db), sent(db, journey.mail("Another", to="eve@example.net"))
    past = Past(db)
    assert [mail.intent for mail in past.read().sent] == [other, id]

    eraser.erase(id)

    assert [mail.intent for mail in past.read().sent] == [other]
    assert [mail.intent for mail in Past(db).read().sent] == [other]


def test_late_words_about_an_erased_intent_are_not_kept(db: Connection, eraser: Eraser) -> None:
    ledger = Ledger(db, worker="sender-1")
    claim = journey.stranded(db, ledger)
    Desk(db, actor="ada").resolve(claim.id, State.REJECTED, reason="given up")
    eraser.erase(claim.id)

    with pytest.raises(LeaseLost):
        ledger.settle(
            claim,
            State.SENT,
            kind="sent",
            evidence={"final_reply": "250 ada took it", "reply_code": 250},
        )

    [(evidence,)] = db.execute(
        "SELECT evidence FROM outbox.receipt WHERE kind = 'sent'"
    ).fetchall()
    digest = claim.manifest_digest
    assert evidence == {"reply_code": 250, "late": True, "manifest": digest}


def test_whoever_has_the_secret_can_tell_what_a_digest_names(db: Connection) -> None:
    mail = journey.mail()
    intent = journey.proposed(db, mail)
    [(secret,)] = db.execute("SELECT secret FROM outbox.artifact").fetchall()

    assert hmac.digest(secret, canonical(mail), "sha256").hex() == intent.digest


def test_the_same_bytes_have_other_digests_in_another_intent(db: Connection) -> None:
    digests = {journey.proposed(db, journey.mail()).digest for _ in range(20)}

    assert len(digests) == 20
    assert hashlib.sha256(canonical(journey.mail())).hexdigest() not in digests
