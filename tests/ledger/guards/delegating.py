"""Scenes of delegations, and of who is heard in whose place."""

from __future__ import annotations

from functools import partial
from typing import Any, LiteralString

from outbox import Intent
from outbox.authority.standing import revoke_delegation
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one
from tests.parts import journey
from tests.parts.granting import delegated
from tests.parts.journey import HOUR, SECOND
from tests.parts.policies import put, tier
from tests.parts.reviewers import DAY, now


def yes(db: Connection, intent: Intent, by: str, delegation: int | None = None) -> str:
    seen = journey.seen(db, intent.id)
    approve = partial(Desk(db, actor=by).approve, intent.id, digest=seen, valid_for=HOUR)
    return answer(db, lambda: approve(delegation=delegation))


OUTSIDE: tuple[dict[str, Any], ...] = (
    {"not_before": now() + DAY, "expires_at": now() + 2 * DAY},
    {"not_before": now() - 2 * DAY, "expires_at": now() - DAY},
    {"delegate": "eve"},
    {"delegator": "Tests "},
    {"delegator": "tests"},
    {"delegate": "bob", "delegator": "TESTS"},
)


def a_delegation_holds_for_its_delegate_within_its_dates(db: Connection) -> None:
    put(db, alone=True)
    intent = journey.awaiting(db)
    for change in OUTSIDE:
        other = dict(change)
        if other.get("delegator") == "Tests ":
            db.execute("UPDATE outbox.intent SET producer = ' BOB '")
            other = {}
        assert yes(db, intent, "bob", delegated(db, signer=None, **other)) == "Conflict", change
        db.execute("UPDATE outbox.intent SET producer = 'tests'")
    gone = delegated(db)
    revoke_delegation(db, gone, actor="ada", reason="back")
    assert yes(db, intent, "bob", gone) == "Conflict"
    assert yes(db, intent, "bob", delegated(db)) == "done"


def both_are_named(db: Connection) -> None:
    put(db, tier(2))
    intent, delegation = journey.awaiting(db), delegated(db)
    assert yes(db, intent, "bob", delegation) == "done"
    assert yes(db, intent, "eve") == "done"
    told: LiteralString = (
        "SELECT string_agg(concat_ws(' ', kind, actor, evidence ->> 'delegation'), ', '"
        " ORDER BY id) FROM outbox.receipt WHERE kind IN ('endorsed', 'approved')"
    )
    assert one(db, told) == f"endorsed bob for ada {delegation}, approved eve"
    signed: LiteralString = (
        "SELECT evidence ->> 'delegation_document' = document.digest AND"
        " evidence ->> 'delegation_key' = document.key FROM outbox.receipt, outbox.document"
        " WHERE receipt.kind = 'endorsed'"
    )
    assert one(db, signed) is True
    rows: LiteralString = (
        "SELECT string_agg(concat_ws(' ', approver, delegator, delegation_id), ', '"
        " ORDER BY id) FROM outbox.endorsement"
    )
    assert one(db, rows) == f"bob ada {delegation}, eve"


def nobody_is_heard_twice_in_any_place(db: Connection) -> None:
    put(db, tier(2))
    delegation = delegated(db)
    people = {"Ada ": None, "bob": None, "bob for ada": delegation}
    for first, then in (("Ada ", "bob for ada"), ("bob for ada", "Ada ")):
        intent = journey.awaiting(db)
        for name, expected in ((first, "done"), (then, "Conflict")):
            by = name.partition(" for ")[0]
            assert yes(db, intent, by, people[name]) == expected, (first, then)


def what_was_approved_under_it_stops_with_it(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    journey.switch_on(db)
    over = "not_before = now() - interval '1 s', expires_at = now()"
    reasons = []
    for end in ("uses", "revoked_at = now(), revoked_by = 'bob'", over, "key"):
        delegation = delegated(db)
        assert yes(db, journey.awaiting(db), "bob", delegation) == "done"
        [claim] = ledger.claim(SEND)
        db.execute("ALTER TABLE outbox.delegation DISABLE TRIGGER ALL")
        if "=" in end:
            change = f"UPDATE outbox.delegation SET {end} WHERE id = %s".encode()
            db.execute(change, (delegation,))
        if end == "key":
            db.execute(
                "INSERT INTO outbox.document (kind, digest, content, signature, key, about)"
                " SELECT 'revocation', encode(sha256('x'), 'hex'), 'x', 'x', 'root', key"
                " FROM outbox.document LIMIT 1"
            )
        reasons.append(answer(db, lambda claim=claim: ledger.permit(claim, enough=SECOND)))  # type: ignore[misc]
    assert reasons == ["done", "delegation_revoked", "delegation_expired", "key_revoked"]


def a_delegation_is_kept_as_it_was_written_and_signed(db: Connection) -> None:
    delegation = delegated(db)
    row: LiteralString = (
        "SELECT concat_ws(' ', delegator, delegate, not_before < now(), expires_at > now(),"
        " convert_from(content, 'UTF8') LIKE '%\"delegate\":\"bob\"%') FROM outbox.delegation"
    )
    assert one(db, row) == "ada bob t t t"
    same: LiteralString = (
        "SELECT concat_ws(' ', document.kind, document.about, document.id = document_id,"
        " document.content = delegation.content, length(signature) > 1,"
        " document.key LIKE 'holdshort-%') FROM outbox.document, outbox.delegation"
    )
    assert one(db, same) == "delegation ada t t t t"
    last: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'delegation',"
        " evidence ->> 'to', evidence ->> 'document' = document, evidence ? 'key',"
        " evidence -> 'not_before' = to_jsonb(not_before),"
        " evidence -> 'expires_at' = to_jsonb(expires_at))"
        " FROM outbox.receipt, outbox.delegation ORDER BY receipt.id DESC LIMIT 1"
    )
    assert one(db, last) == f"delegated human ada {delegation} bob t t t t"
    delegated(db, delegate="eve", signer=None)
    assert one(db, "SELECT count(*) FROM outbox.document") == 1


def to_revoke_a_delegation_waits_for_the_permits_that_are_given(db: Connection) -> None:
    delegation = delegated(db)
    delegated(db, delegate="eve")
    revoke = partial(revoke_delegation, db, delegation, actor="ada", reason="back")
    revoke()
    assert answer(db, revoke) == "NotFound"
    by: LiteralString = "SELECT string_agg(id || revoked_by, ' ') FROM outbox.delegation"
    assert one(db, by) == f"{delegation}ada"
    assert one(db, "SELECT count(*) FROM outbox.delegation WHERE revoked_at = now()") == 1
    last: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'delegation',"
        " evidence ->> 'reason', length(evidence ->> 'document'))"
        " FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    assert one(db, last) == f"delegation_revoked human ada {delegation} back 64"
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]


SCENES = (
    a_delegation_holds_for_its_delegate_within_its_dates,
    both_are_named,
    nobody_is_heard_twice_in_any_place,
    what_was_approved_under_it_stops_with_it,
    a_delegation_is_kept_as_it_was_written_and_signed,
    to_revoke_a_delegation_waits_for_the_permits_that_are_given,
)
