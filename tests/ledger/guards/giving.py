"""Scenes of how standing grants are given and taken back."""

from __future__ import annotations

from typing import LiteralString

from outbox.claim import SEND
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one, raw
from tests.ledger.guards.granting import under
from tests.ledger.guards.wrong_grants import KEPT, WRONG
from tests.parts import journey
from tests.parts.granting import delegated, given, revoke
from tests.parts.journey import SECOND


def what_is_given_in_advance_is_kept_as_it_was(db: Connection) -> None:
    under(db, (journey.awaiting(db), given(db, uses=2)))
    delegated(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    for statement in KEPT:
        assert raw(db, statement) == "history_is_only_added_to", statement
    for table in ("standing_grant", "delegation"):
        by_bob = f"UPDATE outbox.{table} SET revoked_at = now(), revoked_by = 'bob'".encode()
        assert answer(db, lambda by_bob=by_bob: db.execute(by_bob)) == "done"  # type: ignore[misc]
        again = answer(db, lambda by_bob=by_bob: db.execute(by_bob))  # type: ignore[misc]
        assert again == "what_was_given_is_only_revoked"


def what_was_approved_under_a_grant_stops_with_it(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    journey.switch_on(db)
    reasons = []
    over = "not_before = now() - interval '1 s', expires_at = now()"
    for end in ("", "uses = uses", "revoked_at = now(), revoked_by = 'bob'", over):
        grant = given(db)
        under(db, (journey.awaiting(db), grant))
        [claim] = ledger.claim(SEND)
        db.execute("ALTER TABLE outbox.standing_grant DISABLE TRIGGER ALL")
        if end:
            db.execute(
                f"UPDATE outbox.standing_grant SET {end} WHERE id = %s".encode(), (grant,)
            )
        reasons.append(answer(db, lambda claim=claim: ledger.permit(claim, enough=SECOND)))  # type: ignore[misc]
    assert reasons == ["done", "done", "grant_revoked", "grant_expired"]


def a_grant_is_kept_as_it_was_written_and_signed(db: Connection) -> None:
    grant = given(db, giver="ada", uses=7)
    row: LiteralString = (
        "SELECT concat_ws(' ', tenant, giver, channel, uses, not_before < now(),"
        " expires_at > now(), convert_from(content, 'UTF8') LIKE '%\"giver\":\"ada\"%')"
        " FROM outbox.standing_grant"
    )
    assert one(db, row) == "default ada email 7 t t t"
    same: LiteralString = (
        "SELECT concat_ws(' ', document.kind, document.about, document.id = document_id,"
        " document.content = standing_grant.content, length(signature) > 1,"
        " document.key LIKE 'holdshort-%') FROM outbox.document, outbox.standing_grant"
    )
    assert one(db, same) == "grant ada t t t t"
    last: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'grant',"
        " evidence ->> 'uses', evidence ->> 'document' = document, evidence ? 'key',"
        " evidence -> 'not_before' = to_jsonb(not_before),"
        " evidence -> 'expires_at' = to_jsonb(expires_at))"
        " FROM outbox.receipt, outbox.standing_grant ORDER BY receipt.id DESC LIMIT 1"
    )
    assert one(db, last) == f"granted human ada {grant} 7 t t t t"


def without_a_key_a_grant_has_no_document(db: Connection) -> None:
    grant, unsigned = given(db), given(db, giver="bob", signer=None)
    assert one(db, "SELECT count(*) FROM outbox.document") == 1
    assert one(db, "SELECT document_id FROM outbox.standing_grant WHERE giver = 'bob'") is None
    told: LiteralString = "SELECT evidence ? 'key' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    assert (one(db, told), unsigned > grant) == (False, True)


def to_revoke_a_grant_waits_for_the_permits_that_are_given(db: Connection) -> None:
    grant, other = given(db), given(db)
    revoke(db, grant)
    assert answer(db, lambda: revoke(db, grant)) == "NotFound"
    by: LiteralString = "SELECT string_agg(id || revoked_by, ' ') FROM outbox.standing_grant"
    assert one(db, by) == f"{grant}bob"
    assert one(db, "SELECT count(*) FROM outbox.standing_grant WHERE revoked_at = now()") == 1
    last: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'grant', evidence ->> 'reason',"
        " length(evidence ->> 'document')) FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    assert one(db, last) == f"grant_revoked human bob {grant} enough 64"
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    assert other != grant


SCENES = (
    what_is_given_in_advance_is_kept_as_it_was,
    what_was_approved_under_a_grant_stops_with_it,
    a_grant_is_kept_as_it_was_written_and_signed,
    without_a_key_a_grant_has_no_document,
    to_revoke_a_grant_waits_for_the_permits_that_are_given,
)
