"""Two decisions at once: one wins, the other is told; a late no is still a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from consumers.channels.smtp import Security
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import Conflict, GateClosed, LeaseLost
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.channels.rig import MAIL, Authority, Rig, serving
from tests.faults.deciding import TIMES, Decision, at_once
from tests.parts import journey
from tests.parts.journey import SECOND, state_of


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="sender-1")


@pytest.fixture
def server(authority: Authority) -> Iterator[Rig]:
    tls = authority.context("localhost")
    with serving(Security.IMPLICIT_TLS, tls, authority.file, {}) as rig:
        yield rig


def resolving(id: int, outcome: State, by: str) -> Decision:
    return lambda db: Desk(db, actor=by).resolve(id, outcome, reason="seen")


def late_result(claim: Claim) -> Decision:
    return lambda db: Ledger(db, worker="sender-1").settle(
        claim, State.SENT, kind="sent", evidence={"final_reply": "250 ok"}
    )


@pytest.mark.fault("16 two people resolve")
def test_of_two_people_who_resolve_at_once_one_wins_and_the_other_is_told(
    dsn: str, db: Connection, ledger: Ledger
) -> None:
    for _ in range(TIMES):
        id = journey.stranded(db, ledger).id

        refused = at_once(
            dsn, resolving(id, State.SENT, "ada"), resolving(id, State.REJECTED, "bob")
        )

        assert refused == [Conflict]
        assert journey.kinds_of(db, id).count("resolved") == 1
        assert state_of(db, id) in ("sent", "rejected")


@pytest.mark.fault("16 a person and a late result")
def test_of_a_person_and_a_late_result_one_wins_and_the_result_is_kept(
    dsn: str, db: Connection, ledger: Ledger
) -> None:
    for _ in range(TIMES):
        claim = journey.stranded(db, ledger)

        refused = at_once(dsn, resolving(claim.id, State.REJECTED, "ada"), late_result(claim))

        assert refused in ([Conflict], [LeaseLost])
        assert state_of(db, claim.id) == ("sent" if refused == [Conflict] else "rejected")
        assert "sent" in journey.kinds_of(db, claim.id)


def revoke(db: Connection, claim: Claim) -> None:
    Desk(db, actor="ada").revoke(claim.id, reason="wrong customer")


def let_the_approval_expire(db: Connection, claim: Claim) -> None:
    db.execute(
        "UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
        " expires_at = now() - interval '1 second'"
    )


def let_it_be_too_late(db: Connection, claim: Claim) -> None:
    db.execute(
        "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
        " not_after = now() - interval '1 second'"
    )


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        pytest.param(
            *(revoke, "approval_revoked"),
            marks=pytest.mark.fault("9 approval revoked with the body there"),
        ),
        pytest.param(
            *(let_the_approval_expire, "approval_expired"),
            marks=pytest.mark.fault("9 approval expires with the body there"),
        ),
        (let_it_be_too_late, "too_late"),
    ],
)
def test_a_no_is_in_time_even_with_the_whole_body_at_the_server(
    db: Connection,
    server: Rig,
    ledger: Ledger,
    happens: Callable[[Connection, Claim], None],
    reason: str,
) -> None:
    held = claimed(db, ledger)

    def at_the_last_moment() -> None:
        server.server.wait_for_body(b"bye")
        happens(db, held)
        ledger.permit(held, enough=SECOND)

    server.permits.given = at_the_last_moment
    with pytest.raises(GateClosed) as refused:
        server.hand_in(held)

    server.server.wait_for_the_end()
    assert refused.value.reason == reason
    assert server.server.mails == []
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []


def claimed(db: Connection, ledger: Ledger) -> Claim:
    """The mail that the scripted server knows, in a sender's hands."""
    intent = journey.proposed(db, MAIL)
    journey.score_and_route(db)
    desk = Desk(db, actor="ada")
    desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=dt.timedelta(hours=1))
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)
    return claim
