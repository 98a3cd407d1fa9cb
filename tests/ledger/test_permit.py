"""The point of no return is crossed once, by leave of the database, or not at all."""

from __future__ import annotations

import datetime as dt
import threading

import psycopg
import pytest

from outbox.claim import SEND, Claim
from outbox.desk import Desk, Outbound
from outbox.errors import Conflict, GateClosed, LeaseLost
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import SECOND, state_of


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
        pytest.param(
            b"UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'eve'",
            "approval_revoked",
            marks=pytest.mark.fault("9 approval revoked after the claim"),
        ),
        pytest.param(
            b"UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
            b" expires_at = now() - interval '1 second'",
            "approval_expired",
            marks=pytest.mark.fault("9 approval expires after the claim"),
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


@pytest.mark.fault("21 switch turned under load")
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


def ask_later(dsn: str, claim: Claim, refused: list[str]) -> None:
    with connect(dsn, application="tests") as connection:
        try:
            Ledger(connection, worker="worker-1").permit(claim, enough=SECOND)
        except GateClosed as closed:
            refused.append(closed.reason)


def wait_for_a_lock(db: Connection) -> None:
    waiting = "SELECT FROM pg_locks WHERE relation = 'outbox.switch'::regclass AND NOT granted"
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


@pytest.mark.fault("9 approval revoked after the claim")
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
