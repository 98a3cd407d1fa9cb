"""The point of no return is crossed once, by leave of the database, or not at all."""

from __future__ import annotations

import datetime as dt
import threading

import psycopg
import pytest

from outbox.claim import SEND
from outbox.desk import Desk, Outbound
from outbox.errors import Conflict, GateClosed, LeaseLost
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import SECOND, state_of


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="worker-1")


@pytest.fixture
def desk(db: Connection) -> Desk:
    return Desk(db, actor="ada")


def reason_of(ledger: Ledger, db: Connection, *, spoil: bytes) -> str:
    """Why the permit is refused after the database was changed by `spoil`."""
    claim = journey.claimed(db, ledger)
    db.execute(spoil)
    with pytest.raises(GateClosed) as refusal:
        ledger.permit(claim, enough=SECOND)
    assert state_of(db, claim.id) == "sending"
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []
    return refusal.value.reason


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (b"UPDATE outbox.switch SET outbound = false", "outbound_off"),
        (b"DELETE FROM outbox.switch", "outbound_off"),
        (
            b"UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'eve'",
            "approval_revoked",
        ),
        (
            b"UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
            b" expires_at = now() - interval '1 second'",
            "approval_expired",
        ),
        (
            b"UPDATE outbox.intent SET not_before = now() - interval '1 day',"
            b" not_after = now() - interval '1 second'",
            "too_late",
        ),
        (
            b"INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
            b" SELECT intent_id, id, 0, 'another' FROM outbox.approval",
            "approval_used",
        ),
    ],
)
def test_the_permit_is_refused_and_says_why(
    db: Connection, ledger: Ledger, spoil: bytes, reason: str
) -> None:
    if reason == "approval_used":
        claim = journey.claimed(db, ledger)
        db.execute(spoil)
        with pytest.raises(GateClosed, match="approval used"):
            ledger.permit(claim, enough=SECOND)
        return
    assert reason_of(ledger, db, spoil=spoil) == reason


def test_the_database_lets_no_intent_point_to_an_approval_of_other_bytes(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    other = journey.awaiting(db)

    for change in (
        f"UPDATE outbox.intent SET digest = '{'0' * 64}' WHERE id = {claim.id}",
        f"UPDATE outbox.approval SET digest = '{other.digest[::-1]}'",
        "UPDATE outbox.intent SET approval_id = NULL WHERE state = 'sending'",
    ):
        with pytest.raises(psycopg.errors.IntegrityError):
            db.execute(change.encode())


def test_a_permit_needs_the_lease(db: Connection, ledger: Ledger) -> None:
    claim = journey.claimed(db, ledger)
    journey.let_leases_expire(db)

    with pytest.raises(LeaseLost):
        ledger.permit(claim, enough=dt.timedelta(0))


def test_a_permit_needs_enough_of_the_lease(db: Connection, ledger: Ledger) -> None:
    claim = journey.claimed(db, ledger)

    with pytest.raises(LeaseLost):
        ledger.permit(claim, enough=SEND.lease)


def test_a_permit_is_given_once(db: Connection, ledger: Ledger) -> None:
    claim = journey.permitted(db, ledger)

    with pytest.raises(LeaseLost):
        ledger.permit(claim, enough=SECOND)
    assert db.execute("SELECT count(*) FROM outbox.attempt").fetchall() == [(1,)]


def test_one_approval_is_spent_by_one_attempt_whoever_writes(
    db: Connection, ledger: Ledger
) -> None:
    journey.permitted(db, ledger)

    with pytest.raises(psycopg.errors.UniqueViolation) as refusal:
        db.execute(
            "INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
            " SELECT intent_id, approval_id, 0, 'eve' FROM outbox.attempt"
        )
    assert refusal.value.diag.constraint_name == "an_approval_is_spent_by_one_attempt"


def test_no_permit_is_given_once_the_switch_off_has_committed(
    dsn: str, db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    refused: list[str] = []
    with connect(dsn, application="tests") as operator:
        with operator.transaction():
            Desk(operator, actor="ada").flip(Outbound.OFF)
            waiting = threading.Thread(target=ask_later, args=(dsn, claim, refused))
            waiting.start()
            wait_for_a_lock(db)
        waiting.join()

    assert refused == ["outbound_off"]


def ask_later(dsn: str, claim: object, refused: list[str]) -> None:
    with connect(dsn, application="tests") as connection:
        try:
            Ledger(connection, worker="worker-1").permit(claim, enough=SECOND)  # type: ignore[arg-type]
        except GateClosed as closed:
            refused.append(closed.reason)


def wait_for_a_lock(db: Connection) -> None:
    waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    while not db.execute(waiting).fetchall():
        pass


def test_the_switch_off_waits_for_the_permit_that_is_being_given(
    dsn: str, db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    with connect(dsn, application="tests") as sender:
        sender.execute("BEGIN")
        Ledger(sender, worker="worker-1").permit(claim, enough=SECOND)
        db.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            Desk(db, actor="ada").flip(Outbound.OFF)
        sender.execute("COMMIT")

    assert state_of(db, claim.id) == "releasing"


def test_a_revocation_after_the_claim_is_in_time(
    db: Connection, ledger: Ledger, desk: Desk
) -> None:
    claim = journey.claimed(db, ledger)
    desk.revoke(claim.id, reason="wrong customer")

    with pytest.raises(GateClosed, match="approval revoked"):
        ledger.permit(claim, enough=SECOND)


def test_a_revocation_after_the_permit_is_too_late_and_says_so(
    db: Connection, ledger: Ledger, desk: Desk
) -> None:
    claim = journey.permitted(db, ledger)

    with pytest.raises(Conflict, match="is releasing: there is nothing to revoke"):
        desk.revoke(claim.id, reason="wrong customer")


def test_sent_without_a_receipt_is_refused(db: Connection, ledger: Ledger) -> None:
    claim = journey.permitted(db, ledger)

    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        db.execute(
            "UPDATE outbox.intent SET state = 'sent', moved_by = 'sender', fence = NULL,"
            " leased_by = NULL, lease_expires_at = NULL WHERE id = %s",
            (claim.id,),
        )
    assert refusal.value.diag.constraint_name == "sent_means_receipted"


def test_a_late_sender_loses_its_lease_but_not_its_evidence(
    db: Connection, ledger: Ledger, desk: Desk
) -> None:
    claim = journey.stranded(db, ledger)
    desk.resolve(claim.id, State.REJECTED, reason="given up")

    with pytest.raises(LeaseLost):
        settle_sent(ledger, claim)

    assert state_of(db, claim.id) == "rejected"
    assert journey.kinds_of(db, claim.id)[-1] == "sent"


def test_the_late_receipt_of_its_own_attempt_settles_a_stranded_intent(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.stranded(db, ledger)

    settle_sent(ledger, claim)

    assert state_of(db, claim.id) == "sent"


def test_a_sender_that_never_crossed_cannot_settle_a_stranded_intent(
    db: Connection, ledger: Ledger
) -> None:
    early = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()
    [again] = ledger.claim(SEND)
    ledger.permit(again, enough=SECOND)
    journey.let_leases_expire(db)
    ledger.sweep()

    with pytest.raises(LeaseLost):
        settle_sent(ledger, early)

    assert state_of(db, early.id) == "stranded"


def settle_sent(ledger: Ledger, claim: object) -> None:
    ledger.settle(
        claim,  # type: ignore[arg-type]
        State.SENT,
        by=Role.SENDER,
        kind="sent",
        evidence={"reply": "250 queued"},
    )
