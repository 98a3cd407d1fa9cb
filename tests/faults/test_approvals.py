"""A yes counts once, for whom it was given in time, and each person knows whose it was."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from deploy.local.sink import MailSink
from outbox.desk import Desk
from outbox.errors import IllegalMove
from outbox.intent import Intent
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.faults.deciding import TIMES, Decision, at_once
from tests.faults.sending import Interrupted, channel_to, sender_over
from tests.parts import journey
from tests.parts.journey import HOUR, state_of
from tests.parts.proxy import COMMIT, Cut, DatabaseProxy, asks


@pytest.fixture
def proxy(dsn: str) -> Iterator[DatabaseProxy]:
    with contextlib.closing(DatabaseProxy(dsn)) as proxy:
        yield proxy


def approving(intent: Intent, by: str) -> Decision:
    return lambda db: Desk(db, actor=by).approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR
    )


def rejecting(intent: Intent, by: str) -> Decision:
    return lambda db: Desk(db, actor=by).reject(intent.id, reason="not our tone")


def approvals(db: Connection, id: int) -> int:
    [(count,)] = db.execute(
        "SELECT count(*) FROM outbox.approval WHERE intent_id = %s", (id,)
    ).fetchall()
    return int(count)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("bob", marks=pytest.mark.fault("8 two reviewers")),
        pytest.param("ada", marks=pytest.mark.fault("8 double click")),
    ],
)
def test_of_two_yeses_at_once_one_counts_and_the_other_is_told(
    dsn: str, db: Connection, second: str
) -> None:
    for _ in range(TIMES):
        intent = journey.awaiting(db)

        refused = at_once(dsn, approving(intent, "ada"), approving(intent, second))

        assert refused == [IllegalMove]
        assert (state_of(db, intent.id), approvals(db, intent.id)) == ("approved", 1)
        assert journey.kinds_of(db, intent.id).count("approved") == 1


@pytest.mark.fault("8 two reviewers")
def test_of_a_yes_and_a_no_at_once_one_counts_and_the_other_is_told(
    dsn: str, db: Connection
) -> None:
    for _ in range(TIMES):
        intent = journey.awaiting(db)

        refused = at_once(dsn, approving(intent, "ada"), rejecting(intent, "bob"))

        assert refused == [IllegalMove]
        assert approvals(db, intent.id) == (state_of(db, intent.id) == "approved")


@pytest.mark.fault("8 two reviewers")
def test_of_a_yes_and_one_who_sends_it_back_at_once_one_counts_and_the_other_is_told(
    dsn: str, db: Connection
) -> None:
    ended = set()
    for _ in range(TIMES):
        intent = journey.awaiting(db)
        back = partial(journey.send_back, id=intent.id)

        refused = at_once(dsn, approving(intent, "bob"), back)

        assert refused == [IllegalMove]
        state = state_of(db, intent.id)
        assert approvals(db, intent.id) == (state == "approved")
        assert journey.kinds_of(db, intent.id).count("sent_back") == (state == "sent_back")
        ended.add(state)
    assert ended <= {"approved", "sent_back"}


@pytest.mark.fault("8 approve COMMIT unknown")
@pytest.mark.parametrize(
    ("cut", "state", "code"), [(Cut.BEFORE, "awaiting_approval", 0), (Cut.AFTER, "approved", 6)]
)
def test_a_person_whose_yes_was_not_answered_is_told_so_and_asks_again(
    dsn: str, db: Connection, proxy: DatabaseProxy, cut: Cut, state: str, code: int
) -> None:
    intent = journey.awaiting(db)
    yes = ("approve", str(intent.id), "--digest", journey.seen(db, intent.id), "--by", "ada")
    proxy.cut(cut, asks(COMMIT))

    unsure = holdshort(*yes, dsn=proxy.dsn)
    between = state_of(db, intent.id)
    again = holdshort(*yes, dsn=dsn)

    assert (unsure.code, between, again.code) == (8, state, code), (unsure, again)
    assert f"holdshort show {intent.id}" in unsure.err.partition("next: ")[2]
    assert (state_of(db, intent.id), approvals(db, intent.id)) == ("approved", 1)


def revoke(db: Connection, id: int) -> None:
    Desk(db, actor="ada").revoke(id, reason="wrong customer")


def let_the_approval_expire(db: Connection, id: int) -> None:
    db.execute(
        "UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
        " expires_at = now() - interval '1 second' WHERE intent_id = %s",
        (id,),
    )


@pytest.mark.parametrize(
    ("moment", "happens"),
    [
        pytest.param(
            *("at_first", revoke), marks=pytest.mark.fault("9 approval revoked after the claim")
        ),
        pytest.param(
            *("at_first", let_the_approval_expire),
            marks=pytest.mark.fault("9 approval expires after the claim"),
        ),
        pytest.param(
            *("before", revoke),
            marks=pytest.mark.fault("9 approval revoked with the body there"),
        ),
        pytest.param(
            *("before", let_the_approval_expire),
            marks=pytest.mark.fault("9 approval expires with the body there"),
        ),
    ],
)
def test_what_is_no_longer_approved_at_the_permit_never_arrives(
    db: Connection, sink: MailSink, moment: str, happens: Callable[[Connection, int], None]
) -> None:
    id = journey.approved(db).id
    journey.switch_on(db)
    channel = Interrupted(channel_to(sink), **{moment: lambda: happens(db, id)})

    sender_over(channel, db).look()

    assert sink.accepted() == []
    assert (state_of(db, id), journey.kinds_of(db, id)[-1]) == ("in_review", "refused")
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []
