"""The checker sees every fault it is there for, and calls nothing else one."""

from __future__ import annotations

import datetime as dt

import pytest

from deploy.local.mailbox import Accepted
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.intent import digest_of
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.quiescence import QUIET
from outbox.store import Connection
from tests.chaos.checker import Verdict, check
from tests.parts import journey

CLEAN = Verdict(stranded=0, duplicates=0, lost=0, unrecorded=0, phantoms=0, gaps=0)
BYTES = "ab" * 32


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="sender-1")


def mail_of(claim: Claim) -> Accepted:
    identity = f"<{claim.id}.{claim.version}.{claim.digest[:16]}@example.com>"
    return Accepted(identity, "billing@example.com", ["ada@example.org"], "", BYTES)


def final_digest(claim: Claim) -> str:
    return digest_of(bytes.fromhex(BYTES), claim.secret)


def sent(db: Connection, ledger: Ledger) -> Accepted:
    claim = journey.permitted(db, ledger)
    mail = mail_of(claim)
    evidence = {"message_id": mail.message_id, "final_digest": final_digest(claim)}
    ledger.settle(claim, State.SENT, kind="sent", evidence={**evidence})
    return mail


def test_what_was_sent_once_and_says_so_is_clean(db: Connection, ledger: Ledger) -> None:
    mail = sent(db, ledger)

    assert check(db, [mail], []) == CLEAN


def test_a_second_mail_under_one_message_id_is_a_duplicate(
    db: Connection, ledger: Ledger
) -> None:
    mail = sent(db, ledger)

    assert check(db, [mail, mail], []).duplicates == 1


def test_a_second_mail_after_a_persons_override_is_none(db: Connection, ledger: Ledger) -> None:
    first = journey.stranded(db, ledger)
    db.execute("UPDATE outbox.intent SET moved_at = now() - %s", (QUIET + dt.timedelta(1),))
    desk = Desk(db, actor="ada")
    desk.resolve(first.id, State.IN_REVIEW, reason="the server never had it")
    desk.approve(first.id, digest=journey.seen(db, first.id), valid_for=journey.HOUR)
    [second] = ledger.claim(SEND)
    ledger.permit(second, enough=journey.SECOND)
    message_id = mail_of(second).message_id
    evidence = {"message_id": message_id, "final_digest": final_digest(second)}
    ledger.settle(second, State.SENT, kind="sent", evidence={**evidence})

    assert check(db, [mail_of(first), mail_of(second)], []) == CLEAN


def test_a_mail_whose_intent_still_waits_is_unrecorded(db: Connection, ledger: Ledger) -> None:
    claim = journey.claimed(db, ledger)
    ledger.put_back(claim, pause=journey.SECOND, evidence={})

    assert check(db, [mail_of(claim)], []).unrecorded == 1


def test_a_mail_of_nobody_is_unrecorded(db: Connection) -> None:
    stray = Accepted("<hello@example.com>", "", [], "", BYTES)

    assert check(db, [stray], []).unrecorded == 1


def test_a_stranded_intent_explains_its_mail(db: Connection, ledger: Ledger) -> None:
    claim = journey.stranded(db, ledger)

    verdict = check(db, [mail_of(claim)], [])

    assert (verdict.stranded, verdict.unrecorded, verdict.lost) == (1, 0, 0)


def test_sent_without_a_mail_is_a_phantom(db: Connection, ledger: Ledger) -> None:
    sent(db, ledger)

    assert check(db, [], []).phantoms == 1


def test_an_acknowledged_proposal_without_a_row_is_lost(db: Connection) -> None:
    assert check(db, [], ["invoice-7"]).lost == 1


def test_an_intent_left_in_a_machines_hands_is_lost(db: Connection, ledger: Ledger) -> None:
    journey.permitted(db, ledger)

    assert check(db, [], []).lost == 1


def test_a_move_that_was_not_recorded_is_a_gap(db: Connection, ledger: Ledger) -> None:
    mail = sent(db, ledger)
    db.execute("ALTER TABLE outbox.event DISABLE TRIGGER history_is_only_added_to")
    db.execute("DELETE FROM outbox.event WHERE target = 'releasing'")

    assert check(db, [mail], []).gaps == 1


def test_a_last_move_that_was_not_recorded_is_a_gap(db: Connection, ledger: Ledger) -> None:
    mail = sent(db, ledger)
    db.execute("ALTER TABLE outbox.event DISABLE TRIGGER history_is_only_added_to")
    db.execute("DELETE FROM outbox.event WHERE target = 'sent'")

    assert check(db, [mail], []).gaps == 1
