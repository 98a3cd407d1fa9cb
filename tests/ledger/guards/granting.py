"""Scenes of what is approved under standing grants: each shows what a guard is there for."""

from __future__ import annotations

import datetime as dt
from typing import LiteralString

from outbox import Intent
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role
from outbox.seen import current
from outbox.store import Connection
from tests.ledger.guards.answers import one
from tests.parts import journey
from tests.parts.granting import given, revoke
from tests.parts.journey import HOUR, SECOND
from tests.parts.policies import put, tier
from tests.parts.reviewers import DAY, now

NOTHING = dt.timedelta(0)


def under(
    db: Connection, *pairs: tuple[Intent, int], hold: dt.timedelta = NOTHING
) -> list[int]:
    """What of these is approved under the grant at its side."""
    manifests = [current(db, intent.id).written for intent, _ in pairs]
    ids, grants = [intent.id for intent, _ in pairs], [grant for _, grant in pairs]
    call = "SELECT outbox.approve_by_grant('granter-1', %s, %s, %s, %s, %s)"
    rows = db.execute(call, (ids, manifests, grants, HOUR, hold)).fetchall()
    return sorted(id for (id,) in rows)


def claimed(db: Connection, *passed: tuple[int, int], batch: int = 9) -> list[int]:
    ids, versions = [id for id, _ in passed], [version for _, version in passed]
    call = "SELECT id FROM outbox.claim_to_grant(%s::bigint[], %s::int[], %s)"
    return sorted(id for (id,) in db.execute(call, (ids, versions, batch)))


def each_use_is_counted_and_none_is_above_what_the_grant_says(db: Connection) -> None:
    a, b, c, d, e = (journey.awaiting(db) for _ in range(5))
    grant, other = given(db, uses=3), given(db, uses=1)
    assert under(db, (a, grant), (b, other)) == [a.id, b.id]
    assert under(db, (c, other), (d, grant), (e, grant)) == [d.id, e.id]
    used = "SELECT grant_id, use, uses, intent_id FROM outbox.endorsement ORDER BY 1, 2"
    assert db.execute(used).fetchall() == [
        (grant, 1, 3, a.id),
        (grant, 2, 3, d.id),
        (grant, 3, 3, e.id),
        (other, 1, 1, b.id),
    ]


def the_first_of_those_that_are_asked_have_the_last_uses(db: Connection) -> None:
    a, b, c = (journey.awaiting(db) for _ in range(3))
    grant = given(db, uses=2)
    assert under(db, (c, grant), (a, grant), (b, grant)) == [a.id, c.id]


def an_approval_under_a_grant_says_all_of_it(db: Connection) -> None:
    intent, grant = journey.awaiting(db), given(db)
    under(db, (intent, grant), hold=SECOND * 60)
    whole: LiteralString = (
        "SELECT concat_ws(' ', approver, policy, convert_from(manifest, 'UTF8') LIKE '{%',"
        " expires_at = now() + '1 hour', held_until = now() + '1 minute',"
        " (SELECT due_at = held_until FROM outbox.intent)) FROM outbox.approval"
    )
    assert one(db, whole) == "ada 1 t t t t"
    yes: LiteralString = (
        "SELECT concat_ws(' ', approver, document = (SELECT document FROM"
        " outbox.standing_grant), document_id = (SELECT document_id FROM"
        " outbox.standing_grant)) FROM outbox.endorsement"
    )
    assert one(db, yes) == "ada t t"
    assert one(db, "SELECT role FROM outbox.event ORDER BY seq DESC LIMIT 1") == "granter"


def its_receipt_says_all_of_it(db: Connection) -> None:
    intent, grant = journey.awaiting(db), given(db)
    under(db, (intent, grant), hold=SECOND * 60)
    receipt: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'grant', evidence ->> 'use',"
        " evidence ->> 'granter', evidence ->> 'policy',"
        " evidence ->> 'key' = (SELECT key FROM outbox.document),"
        " evidence ->> 'document' = (SELECT document FROM"
        " outbox.standing_grant), evidence ->> 'manifest' = (SELECT manifest_digest FROM"
        " outbox.approval), evidence ->> 'approval' = (SELECT id::text FROM outbox.approval),"
        " evidence -> 'expires_at' = (SELECT to_jsonb(expires_at) FROM outbox.approval),"
        " evidence -> 'held_until' = (SELECT to_jsonb(held_until) FROM outbox.approval))"
        " FROM outbox.receipt WHERE intent_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    assert one(db, receipt) == f"approved granter ada {grant} 1 granter-1 1 t t t t t t"


def an_approval_ends_with_its_grant(db: Connection) -> None:
    short = given(db, expires_at=now() + HOUR / 2, signer=None)
    unsigned = journey.awaiting(db)
    assert under(db, (unsigned, short), hold=HOUR) == []
    assert under(db, (unsigned, short)) == [unsigned.id]
    ends = "SELECT a.expires_at = g.expires_at FROM outbox.approval a, outbox.standing_grant g"
    last: LiteralString = " ORDER BY a.id DESC, g.id DESC LIMIT 1"
    assert db.execute((ends + last).encode()).fetchall() == [(True,)]


def only_what_waits_and_no_person_has_looked_at_is_approved(db: Connection) -> None:
    looked_at, in_review = journey.awaiting(db), journey.scored(db, confidence=0.1)
    Ledger(db, worker="router-1").route(threshold=0.5)
    seen = journey.seen(db, looked_at.id)
    put(db, tier(2, to="ada@*"))
    Desk(db, actor="bob").approve(looked_at.id, digest=seen, valid_for=HOUR)
    put(db)
    approved = journey.awaiting(db)
    grant = given(db)
    assert under(db, (looked_at, grant), (in_review, grant), (approved, grant)) == [approved.id]
    agent = Desk(db, actor="tests", role=Role.AGENT)
    agent.edit(approved.id, journey.mail("New"), digest=journey.seen(db, approved.id))
    journey.score_and_route(db)
    assert under(db, (approved, grant)) == []
    sent_back = journey.awaiting(db)
    new = Desk(db, actor="bob").edit(
        sent_back.id, journey.mail("New"), digest=journey.seen(db, sent_back.id)
    )
    journey.score_and_route(db)
    assert under(db, (new, grant)) == []


OUTSIDE = (
    {"tenant": "others"},
    {"channel": "webhook"},
    {"not_before": now() + DAY, "expires_at": now() + 2 * DAY},
    {"not_before": now() - 2 * DAY, "expires_at": now() - DAY},
)


def only_a_grant_in_force_of_the_tenant_and_channel_counts(db: Connection) -> None:
    intent = journey.awaiting(db)
    for change in OUTSIDE:
        grant = given(db, **change)
        assert claimed(db) == [], change
        assert under(db, (intent, grant)) == [], change
    grant = given(db)
    assert claimed(db) == [intent.id]
    revoke(db, grant)
    assert claimed(db) == []
    assert under(db, (intent, grant)) == []


def what_waits_is_claimed_but_not_what_was_passed_over(db: Connection) -> None:
    given(db)
    first, second = journey.awaiting(db), journey.awaiting(db)
    journey.scored(db, confidence=0.1)
    Ledger(db, worker="router-1").route(threshold=0.5)
    assert claimed(db) == [first.id, second.id]
    assert len(claimed(db, batch=1)) == 1
    assert claimed(db, (first.id, 1)) == [second.id]
    assert claimed(db, (first.id, 2), (second.id, 1)) == [first.id]


SCENES = (
    each_use_is_counted_and_none_is_above_what_the_grant_says,
    the_first_of_those_that_are_asked_have_the_last_uses,
    an_approval_under_a_grant_says_all_of_it,
    its_receipt_says_all_of_it,
    an_approval_ends_with_its_grant,
    only_what_waits_and_no_person_has_looked_at_is_approved,
    only_a_grant_in_force_of_the_tenant_and_channel_counts,
    what_waits_is_claimed_but_not_what_was_passed_over,
)
