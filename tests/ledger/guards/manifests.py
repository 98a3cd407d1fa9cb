"""Scenes of manifests: what was approved, and what an attacker makes of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import LiteralString

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.manifest import manifest_of, read, required
from outbox.seen import current
from outbox.store import Connection
from tests.ledger.guards.answers import one
from tests.ledger.guards.leaving import TO_MANY, held, permit
from tests.ledger.guards.mutations import Changes
from tests.parts import journey
from tests.parts.journey import HOUR, seen

UNLOCKED: LiteralString = (
    "ALTER TABLE outbox.approval DROP CONSTRAINT IF EXISTS a_digest_names_this_very_manifest;"
    "ALTER TABLE outbox.log DISABLE TRIGGER USER;"
    "ALTER TABLE outbox.intent DISABLE TRIGGER USER;"
    "ALTER TABLE outbox.recipient DISABLE TRIGGER USER;"
    "ALTER TABLE outbox.approval DISABLE TRIGGER USER;"
    "SET LOCAL session_replication_role = replica"
)
"""What whoever owns the tables does first."""
OTHER: dict[str, LiteralString] = {
    "log": "UPDATE outbox.log SET origin = 'holdshort/elsewhere'",
    "key": "UPDATE outbox.intent SET idempotency_key = 'another'",
    "producer": "UPDATE outbox.intent SET producer = 'another'",
    "channel": "UPDATE outbox.intent SET channel = 'pigeon'",
    "not_before": "UPDATE outbox.intent SET not_before = not_before - interval '1 us'",
    "not_after": "UPDATE outbox.intent SET not_after = now() + interval '1 day'",
    "no recipient": "DELETE FROM outbox.recipient WHERE address LIKE 'ada%'",
    "one more recipient": "INSERT INTO outbox.recipient SELECT intent_id, version,"
    " 'eve@example.com', 'example.com' FROM outbox.recipient LIMIT 1",
    "domain of a recipient": "UPDATE outbox.recipient SET domain = 'example.com'",
    "manifest": "UPDATE outbox.approval SET manifest = manifest || ' '",
    "digest": "UPDATE outbox.approval SET manifest_digest = repeat('0', 64)",
}
"""What may be other in the rows, and the statement that makes it so."""


def an_approval_keeps_its_manifest_and_names_it(db: Connection) -> None:
    intent = journey.awaiting(db)
    digest = seen(db, intent.id)
    Desk(db, actor="ada").approve(intent.id, digest=digest, valid_for=HOUR)
    kept = one(db, "SELECT manifest FROM outbox.approval")
    assert isinstance(kept, bytes)
    assert read(kept).digest == digest
    assert one(db, "SELECT manifest_digest FROM outbox.approval") == digest


def every_effect_is_receipted_under_its_manifest(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={})
    named = one(
        db,
        "SELECT string_agg(evidence ->> 'manifest', ' ' ORDER BY id) FROM outbox.receipt"
        " WHERE kind IN ('approved', 'permit', 'sent')",
    )
    assert named == " ".join([claim.manifest_digest] * 3)


def a_claim_tells_what_its_manifest_is_made_of(db: Connection) -> None:
    journey.approved(db)
    id = journey.awaiting(db).id
    db.execute("UPDATE outbox.intent SET not_after = now() + '1 day' WHERE id = %s", (id,))
    Desk(db, actor="ada").approve(id, digest=seen(db, id), valid_for=HOUR)
    journey.switch_on(db)
    ledger = Ledger(db, worker="worker-1")
    for claim in (*ledger.claim(SEND), *ledger.claim(SEND)):
        assert manifest_of(claim, required("email")).written == claim.manifest
    assert claim.id == id


def a_person_is_shown_the_latest_version(db: Connection) -> None:
    id = journey.awaiting(db).id
    Desk(db, actor="ada").edit(id, journey.mail("Another subject"), digest=seen(db, id))
    assert [current(db, id).version, current(db, id, 1).version] == [2, 1]


def an_instant_is_spelled_in_one_way(db: Connection) -> None:
    spelled = one(db, "SELECT outbox.moment('2026-11-24 17:00:00.25+02')")
    assert spelled == "2026-11-24T15:00:00.250000Z"
    assert one(db, "SELECT outbox.moment('infinity')") == "infinity"


def no_permit_for_rows_that_are_other_than_approved(db: Connection) -> None:
    claim = held(db, TO_MANY)
    for what, change in OTHER.items():
        with db.transaction(force_rollback=True):
            db.execute(UNLOCKED)
            db.execute(change)
            assert permit(db, claim) == "other_manifest", what
    assert permit(db, claim) == "done"


def no_permit_for_a_manifest_that_is_not_of_these_rows(db: Connection) -> None:
    claim = journey.claimed(db, Ledger(db, worker="worker-1"))
    approved = read(claim.manifest or b"")
    db.execute(UNLOCKED)
    for name, other in (("intent", claim.id + 1), ("version", 2), ("artifact", "0" * 64)):
        with db.transaction(force_rollback=True):
            forged = approved.model_copy(update={name: other})
            db.execute(
                "UPDATE outbox.approval SET manifest = %s, manifest_digest = %s",
                (forged.written, forged.digest),
            )
            assert permit(db, replace(claim, manifest=forged.written)) == "other_manifest"


def no_permit_for_another_manifest_than_was_approved(db: Connection) -> None:
    claim = journey.claimed(db, Ledger(db, worker="worker-1"))
    other = read(claim.manifest or b"").model_copy(update={"policy": 1})
    assert permit(db, replace(claim, manifest=other.written)) == "other_manifest"
    assert permit(db, replace(claim, manifest=None)) == "other_manifest"


SCENES = (
    an_approval_keeps_its_manifest_and_names_it,
    every_effect_is_receipted_under_its_manifest,
    a_claim_tells_what_its_manifest_is_made_of,
    a_person_is_shown_the_latest_version,
    an_instant_is_spelled_in_one_way,
    no_permit_for_rows_that_are_other_than_approved,
    no_permit_for_a_manifest_that_is_not_of_these_rows,
    no_permit_for_another_manifest_than_was_approved,
)

MANIFESTS: dict[str, Changes] = {
    "sender/permit_refusal.sql": (
        ("(SELECT other FROM outbox.is_other(held, leave, manifest_digest) AS other)", "false"),
    ),
    "sender/cross_over.sql": (("'manifest', manifest_digest", "'manifest', digest"),),
    "manifest/is_other.sql": (
        ("manifest_digest IS DISTINCT FROM leave.manifest_digest", "false"),
        ("manifest_digest IS DISTINCT FROM encode(sha256(leave.manifest), 'hex')", "false"),
        ("SELECT (origin,", "SELECT (approved ->> 'log',"),
        ("held.id::text", "approved ->> 'intent'"),
        ("held.version::text", "approved ->> 'version'"),
        ("held.idempotency_key", "approved ->> 'key'"),
        ("held.producer", "approved ->> 'producer'"),
        ("held.channel", "approved ->> 'channel'"),
        ("held.digest", "approved ->> 'artifact'"),
        ("outbox.moment(held.not_before)", "approved ->> 'not_before'"),
        ("outbox.moment(held.not_after)", "approved ->> 'not_after'"),
        ("OR ARRAY(SELECT address", "OR false AND ARRAY(SELECT address"),
        (
            "address || ' ' || domain FROM",
            "address || ' ' || substring(address FROM '[^@]*$') FROM",
        ),
        ("DISTINCT lower(", "lower("),
        (
            "DISTINCT lower(named || ' ' || outbox.domain_of(named))",
            "DISTINCT named || ' ' || outbox.domain_of(named)",
        ),
        ("|| (approved #> '{headers,cc}')", ""),
        (" AND version = held.version", ""),
    ),
    "manifest/moment.sql": (
        ("AT TIME ZONE 'UTC'", "AT TIME ZONE 'Asia/Tokyo'"),
        ("SS.US", "SS.MS000"),
        ("ELSE at::text END", "END"),
    ),
    "rows.sql": (
        ("artifact.version = coalesce(%(version)s::int, intent.version)", "true"),
        ("outbox.moment(intent.not_after)", "NULL"),
    ),
    "intents/approval.sql": (("manifest_digest = encode(sha256(manifest), 'hex')", "true"),),
    "desk/approve.sql": (("'manifest', given.manifest_digest", "'manifest', approve.digest"),),
    "sender/claim_to_send.sql": (
        ("(SELECT origin FROM outbox.log)", "'another'"),
        ("outbox.moment(intent.not_after)", "NULL"),
        ("approval.id = intent.approval_id", "approval.intent_id <> intent.id"),
    ),
}
"""What is taken out of them, one guard at a time."""
