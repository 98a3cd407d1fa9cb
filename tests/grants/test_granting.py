"""A granter approves what a grant covers, in the name of who gave it, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from outbox.desk import Desk
from outbox.errors import Conflict
from outbox.ledger import Ledger
from outbox.lifecycle import Role
from outbox.store import Connection
from tests.parts import journey
from tests.parts.granting import given, granted, granting, revoke
from tests.parts.journey import state_of
from tests.parts.reviewers import DAY, now

SECOND = dt.timedelta(seconds=1)


def last_receipt(db: Connection, id: int) -> tuple[str, str, str, dict[str, object]]:
    rows = db.execute(
        "SELECT kind, role, actor, evidence FROM outbox.receipt WHERE intent_id = %s"
        " ORDER BY id DESC LIMIT 1",
        (id,),
    )
    [(kind, role, actor, evidence)] = rows.fetchall()
    return kind, role, actor, evidence


def test_what_a_grant_covers_is_approved_in_the_name_of_its_giver(db: Connection) -> None:
    grant = given(db)
    intent = journey.awaiting(db)

    granted(db)

    assert state_of(db, intent.id) == "approved"
    kind, role, actor, evidence = last_receipt(db, intent.id)
    assert (kind, role, actor) == ("approved", "granter", "ada")
    assert (evidence["grant"], evidence["use"]) == (grant, 1)
    assert evidence["granter"] == "granter-1"
    assert evidence["manifest"] == journey.seen(db, intent.id)
    approver = "SELECT approver, policy, expires_at - approved_at FROM outbox.approval"
    assert db.execute(approver).fetchall() == [("ada", 1, journey.HOUR)]


@pytest.mark.parametrize(
    "change",
    [
        {"recipients": ("@example.com",)},
        {"sender": "other@example.com"},
        {"tenant": "others"},
        {"channel": "webhook"},
        {"not_before": now() + DAY, "expires_at": now() + 2 * DAY},
        {"not_before": now() - 2 * DAY, "expires_at": now() - DAY},
        {"giver": "tests"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_it_does_not_cover_waits_for_a_person(
    db: Connection, change: dict[str, Any]
) -> None:
    given(db, **change)
    intent = journey.awaiting(db)

    granted(db)

    assert state_of(db, intent.id) == "awaiting_approval"


def test_what_is_in_review_is_never_approved_by_a_grant(db: Connection) -> None:
    given(db)
    intent = journey.scored(db, confidence=0.1)
    Ledger(db, worker="router-1").route(threshold=0.5)

    granted(db)

    assert state_of(db, intent.id) == "in_review"


def test_a_grant_is_used_so_often_and_then_the_next_one(db: Connection) -> None:
    intents = [journey.awaiting(db).id for _ in range(5)]
    first, second = given(db, uses=2), given(db, uses=1)

    granted(db)

    states = [state_of(db, id) for id in intents]
    assert states == [*["approved"] * 3, *["awaiting_approval"] * 2]
    uses = db.execute(
        "SELECT grant_id, use, uses FROM outbox.endorsement ORDER BY intent_id"
    ).fetchall()
    assert uses == [(first, 1, 2), (first, 2, 2), (second, 1, 1)]


def test_a_revoked_grant_approves_nothing_and_is_revoked_once(db: Connection) -> None:
    grant = given(db)
    revoke(db, grant)
    intent = journey.awaiting(db)

    granted(db)

    assert state_of(db, intent.id) == "awaiting_approval"
    rows = db.execute("SELECT kind, actor FROM outbox.receipt WHERE kind LIKE 'grant%'")
    assert rows.fetchall() == [("granted", "ada"), ("grant_revoked", "bob")]
    with pytest.raises(Exception, match=f"no grant {grant} that stands"):
        revoke(db, grant)


def test_the_same_grant_is_not_given_twice(db: Connection) -> None:
    expires = now() + DAY
    given(db, not_before=now() - DAY, expires_at=expires)
    content = db.execute("SELECT content FROM outbox.standing_grant").fetchall()[0][0]

    from outbox.authority import standing

    with pytest.raises(Conflict, match="a grant is given once"):
        standing.give(db, content, None)


def test_a_granter_looks_at_what_is_not_covered_once_until_a_grant_is_given(
    db: Connection,
) -> None:
    given(db, recipients=("eve@example.org",))
    intent = journey.awaiting(db)
    granter = granting(db)

    assert [granter.look() for _ in range(3)] == [1, 0, 0]
    agent = Desk(db, actor="tests", role=Role.AGENT)
    agent.edit(intent.id, journey.mail("Mended"), digest=journey.seen(db, intent.id))
    journey.score_and_route(db)
    assert [granter.look() for _ in range(2)] == [1, 0]
    given(db)
    assert [granter.look() for _ in range(2)] == [1, 0]
    assert state_of(db, intent.id) == "approved"


def test_a_hold_is_kept_and_an_approval_ends_with_its_grant(db: Connection) -> None:
    given(db, expires_at=now() + journey.HOUR)
    intent = journey.awaiting(db)

    granting(db, valid_for=DAY, hold=SECOND * 60).look()

    held = (
        "SELECT due_at = held_until AND held_until = approved_at + '1 minute',"
        " approval.expires_at = standing_grant.expires_at"
        " FROM outbox.approval, outbox.standing_grant, outbox.intent"
    )
    assert state_of(db, intent.id) == "approved"
    assert db.execute(held).fetchall() == [(True, True)]


def test_a_mail_that_is_no_mail_does_not_stop_the_others(db: Connection) -> None:
    given(db)
    sound, broken = journey.awaiting(db), journey.awaiting(db)
    db.execute("ALTER TABLE outbox.artifact DISABLE TRIGGER ALL")
    db.execute(
        "UPDATE outbox.artifact SET content = '{}',"
        " digest = encode(outbox.hmac(secret, '{}'), 'hex') WHERE intent_id = %s",
        (broken.id,),
    )

    granted(db)

    assert state_of(db, sound.id) == "approved"
    assert state_of(db, broken.id) == "awaiting_approval"


def test_a_grant_is_for_the_intents_of_its_tenant(db: Connection) -> None:
    ours, others = journey.awaiting(db), journey.awaiting(db)
    of_others = "UPDATE outbox.intent SET tenant = 'others' WHERE id = %s"
    db.execute(of_others, (others.id,))
    given(db)
    given(db, tenant="nobody's")

    granted(db)

    assert state_of(db, ours.id) == "approved"
    assert state_of(db, others.id) == "awaiting_approval"
