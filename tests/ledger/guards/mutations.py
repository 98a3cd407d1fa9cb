"""What is taken out of the SQL, one guard at a time: in this file, this text becomes that."""

from __future__ import annotations

Changes = tuple[tuple[str, str], ...]
"""A text that stands in the file once, and what stands there instead."""

PERMITS: dict[str, Changes] = {
    "61_permit.sql": (
        (" AND state = 'sending'", ""),
        (" AND fence = held_fence", ""),
        (" OR held.lease_expires_at < clock_timestamp() + enough", ""),
        ("clock_timestamp() + enough", "clock_timestamp()"),
        ("PERFORM pg_advisory_xact_lock_shared(hashtext('outbox.switch'))", "NULL"),
        ("pg_advisory_xact_lock_shared", "pg_advisory_xact_lock"),
        ("hashtext('outbox.switch')", "hashtext('outbox.another')"),
        ("NOT EXISTS (SELECT FROM outbox.switch WHERE outbound)", "false"),
        ("outbox.switch WHERE outbound", "outbox.switch"),
        ("held.not_after <= clock_timestamp()", "false"),
        ("leave.revoked_at IS NOT NULL", "false"),
        ("leave.expires_at <= clock_timestamp()", "false"),
        ("IF spent IS NULL", "IF false"),
        ("ON CONFLICT (approval_id) DO NOTHING", ""),
        (", attempt_id = spent", ""),
        ("held.fence, holder", "nextval('outbox.fence'), holder"),
        ("held.fence, holder", "held.fence, 'somebody'"),
    ),
    "flip.sql": (
        ("pg_advisory_xact_lock", "pg_advisory_xact_lock_shared"),
        ("hashtext('outbox.switch')", "hashtext('outbox.another')"),
        ("outbound = excluded.outbound", "outbound = true"),
        ("flipped_by = excluded.flipped_by", "flipped_by = switch.flipped_by"),
    ),
    "permit.sql": (("%(fence)s", "(SELECT max(fence) FROM outbox.intent)"),),
    "14_switch_is_off.sql": (("false", "true"),),
    "15_fence.sql": (("fence", "fence INCREMENT BY -1 START WITH -1"),),
    "claim.sql": (
        ("%(takes)s <> 'approved'", "true"),
        ("outbox.switch WHERE outbound", "outbox.switch"),
        (" AND due_at <= now()", ""),
        ("state = %(takes)s AND", "state IN (%(takes)s, 'stranded') AND"),
        ("state = %(takes)s AND", "state IN (%(takes)s, 'scoring') AND"),
        ("LIMIT %(batch)s", ""),
        ("claims = claims + 1", "claims = claims"),
        ("nextval('outbox.fence')", "1"),
        ("leased_by = %(worker)s", "leased_by = 'somebody'"),
        ("now() + %(lease)s", "now() + %(lease)s * 1000"),
        (" AND artifact.version = intent.version", ""),
    ),
}

VERDICTS: dict[str, Changes] = {
    "settle.sql": (
        ("intent.fence = %(fence)s", "true"),
        ("OR intent.state = 'stranded'", "OR true"),
        ("AND %(target)s = 'sent' AND", "AND"),
        (" AND attempt.fence = %(fence)s", ""),
        ("attempt.id = intent.attempt_id AND", ""),
        ("EXISTS (", "NOT EXISTS ("),
        ("receipt_id = kept.id", "receipt_id = NULL"),
        ("fence = NULL, leased_by = NULL, lease_expires_at = NULL", "fence = fence"),
        ("CASE WHEN %(target)s <> 'in_review' THEN approval_id END", "approval_id"),
        ("CASE WHEN %(target)s <> 'in_review' THEN attempt_id END", "attempt_id"),
    ),
    "defer.sql": (
        (" AND intent.fence = %(fence)s", ""),
        (" AND intent.state = 'sending'", ""),
        ("intent.claims >= lease.max_claims", "false"),
        ("now() + %(pause)s", "now()"),
        ("SELECT id, 'deferred',", "SELECT id, 'swept',"),
        ("CASE WHEN held.target <> 'in_review' THEN approval_id END", "approval_id"),
    ),
    "score.sql": (
        (" AND fence = %(fence)s", ""),
        (" AND state = 'scoring'", ""),
    ),
    "renew.sql": (
        (" AND lease_expires_at > now()", ""),
        (" AND leased_by = %(worker)s", ""),
        (" AND fence = ANY(%(fences)s)", ""),
        ("'sending', 'releasing'", "'sending'"),
        ("now() + %(lease)s", "lease_expires_at"),
    ),
    "sweep.sql": (
        ("AND intent.lease_expires_at < now()", ""),
        ("'sending', 'releasing'", "'sending'"),
        ("'scoring', 'sending'", "'scoring'"),
        ("intent.claims >= lease.max_claims", "false"),
        ("intent.claims >= lease.max_claims", "true"),
        ("THEN 'stranded' ELSE 'swept'", "THEN 'swept' ELSE 'swept'"),
        ("CASE WHEN expired.target <> 'in_review' THEN approval_id END", "approval_id"),
    ),
}

DECISIONS: dict[str, Changes] = {
    "60_submit.sql": (
        ("submit.digest <> named", "false"),
        ("ON CONFLICT (idempotency_key) DO NOTHING", ""),
        ("'persisted'", "'perhaps'"),
    ),
    "submit.sql": (("%(key)s,", "%(key)s || random(),"),),
    "approve.sql": (
        ("%(digest)s, %(actor)s, nullif", "repeat('0', 64), %(actor)s, nullif"),
        ("%(actor)s, nullif(", "'somebody', nullif("),
        ("now() + %(valid_for)s", "'infinity'"),
        ("greatest(not_before, now(),", "greatest(now(),"),
        (", approval_id = given.id", ""),
        ("'approved', %(role)s, %(actor)s,", "'perhaps', %(role)s, %(actor)s,"),
    ),
    "edit.sql": (
        (", approval_id = NULL", ""),
        ("%(version)s + 1", "%(version)s"),
        (", digest = written.digest", ""),
        ("state = 'submitted'", "state = 'approved'"),
        ("'edited'", "'perhaps'"),
    ),
    "revoke.sql": (
        (" AND revoked_at IS NULL", ""),
        ("WHERE id = %(approval_id)s AND", "WHERE"),
        ("revoked_at = now(), revoked_by = %(actor)s", "revoked_at = NULL"),
        ("'revoked'", "'perhaps'"),
    ),
    "decide.sql": (
        ("moved_by = %(role)s", "moved_by = 'human'"),
        ("CASE WHEN %(target)s <> 'in_review' THEN approval_id END", "approval_id"),
        ("CASE WHEN %(target)s <> 'in_review' THEN attempt_id END", "attempt_id"),
        (", receipt_id = kept.id", ""),
        ("%(kind)s, %(role)s", "'perhaps', %(role)s"),
    ),
    "route.sql": (
        (">= %(threshold)s", "< %(threshold)s"),
        ("score.confidence >= %(threshold)s", "true"),
        (" AND score.version = routable.version", ""),
        ("'routed'", "'perhaps'"),
    ),
    "expire.sql": (
        (" AND not_after <= now()", ""),
        ("'approved')", "'approved', 'releasing')"),
        (", 'approved')", ")"),
    ),
}
