"""What is taken out of the SQL, one guard at a time: in this file, this text becomes that."""

from __future__ import annotations

Changes = tuple[tuple[str, str], ...]
"""A text that stands in the file once, and what stands there instead."""

PERMITS: dict[str, Changes] = {
    "sender/permit.sql": (
        ("LOCK TABLE outbox.switch IN ROW SHARE MODE", "NULL"),
        ("IN ROW SHARE MODE", "IN EXCLUSIVE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("NOT EXISTS (SELECT FROM outbox.cap WHERE lifted_at IS NULL)", "true"),
    ),
    "sender/gate_refusal.sql": (
        ("NOT EXISTS (SELECT FROM outbox.switch WHERE outbound)", "false"),
        ("outbox.switch WHERE outbound", "outbox.switch"),
    ),
    "sender/permit_refusal.sql": (
        (" OR held.lease_expires_at < clock_timestamp() + enough", ""),
        ("clock_timestamp() + enough", "clock_timestamp()"),
        ("closed IS NOT NULL", "false"),
        ("held.not_after <= clock_timestamp()", "false"),
        ("leave.revoked_at IS NOT NULL", "false"),
        ("leave.expires_at <= clock_timestamp()", "false"),
    ),
    "sender/cross_over.sql": (
        ("held.state = 'sending' AND ", ""),
        (" AND held.fence = one.fence", ""),
        ("ORDER BY one.place) > 1", "ORDER BY one.place) > 2"),
        ("PARTITION BY one.id, one.fence", "PARTITION BY one.id"),
        ("FROM asked WHERE refused IS NULL", "FROM asked WHERE approval_id IS NOT NULL"),
        ("WHEN spent.attempt_id IS NULL", "WHEN false"),
        ("ON CONFLICT (approval_id) DO NOTHING", ""),
        (", attempt_id = spent.attempt_id", ""),
        ("fence, cross_over.worker", "nextval('outbox.fence'), cross_over.worker"),
        ("fence, cross_over.worker", "fence, 'somebody'"),
    ),
    "operator/flip.sql": (
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("outbound = excluded.outbound", "outbound = true"),
        ("flipped_by = excluded.flipped_by", "flipped_by = switch.flipped_by"),
    ),
    "installation/switch_is_off.sql": (("false", "true"),),
    "installation/fence.sql": (("fence", "fence INCREMENT BY -1 START WITH -1"),),
    "sender/claim_to_send.sql": (
        ("           AND EXISTS (SELECT FROM outbox.switch WHERE outbound)\n", ""),
        ("outbox.switch WHERE outbound", "outbox.switch"),
        (" AND due_at <= now()", ""),
        ("state = 'approved' AND", "state IN ('approved', 'stranded') AND"),
        ("LIMIT claim_to_send.batch", ""),
        ("claims = claims + 1", "claims = claims"),
        ("nextval('outbox.fence')", "1"),
        ("leased_by = claim_to_send.worker", "leased_by = 'somebody'"),
        ("now() + claim_to_send.lease", "now() + claim_to_send.lease * 1000"),
        (" AND artifact.version = intent.version", " AND artifact.version = 1"),
    ),
    "scorer/claim_to_score.sql": (
        (" AND due_at <= now()", ""),
        ("state = 'submitted' AND", "state IN ('submitted', 'scoring') AND"),
        ("LIMIT claim_to_score.batch", ""),
        ("claims = claims + 1", "claims = claims"),
        ("nextval('outbox.fence')", "1"),
        ("leased_by = claim_to_score.worker", "leased_by = 'somebody'"),
        ("now() + claim_to_score.lease", "now() + claim_to_score.lease * 1000"),
        (" AND artifact.version = intent.version", " AND artifact.version = 1"),
    ),
}

VERDICTS: dict[str, Changes] = {
    "sender/settle.sql": (
        ("(intent.fence = told.fence", "(true"),
        ("OR intent.state = 'stranded'", "OR true"),
        ("AND told.target = 'sent' AND", "AND"),
        (" AND attempt.fence = told.fence", ""),
        ("attempt.id = intent.attempt_id AND", ""),
        ("EXISTS (", "NOT EXISTS ("),
        ("receipt_id = kept.id", "receipt_id = NULL"),
        ("fence = NULL, leased_by = NULL, lease_expires_at = NULL", "fence = intent.fence"),
        ("CASE WHEN told.target <> 'in_review' THEN approval_id END", "approval_id"),
        ("CASE WHEN told.target <> 'in_review' THEN attempt_id END", "attempt_id"),
    ),
    "sender/put_back.sql": (
        (" AND intent.fence = put_back.fence", ""),
        ("AND intent.state = 'sending'", ""),
        ("intent.claims >= lease.max_claims", "false"),
        ("now() + put_back.pause", "now()"),
        ("SELECT id, 'put_back',", "SELECT id, 'swept',"),
        ("CASE WHEN held.target <> 'in_review' THEN approval_id END", "approval_id"),
    ),
    "scorer/score.sql": (
        (" AND intent.fence = named.fence", ""),
        ("WHERE state = 'scoring'\n", ""),
    ),
    "sender/renew.sql": (
        (" AND lease_expires_at > now()", ""),
        (" AND leased_by = renew.worker", ""),
        (" AND fence = ANY(renew.fences)", ""),
        ("'sending', 'releasing'", "'sending'"),
        ("now() + renew.lease", "lease_expires_at"),
    ),
    "sweeper/sweep.sql": (
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
    "agent/check_known.sql": (
        ("WHERE artifact.content IS DISTINCT FROM asked.content", "WHERE false"),
    ),
    "agent/submit.sql": (("ARRAY[key]", "ARRAY['x']"),),
    "agent/submit_each.sql": (
        ("IF added < cardinality(keys)", "IF false"),
        ("ON CONFLICT (tenant, idempotency_key) DO NOTHING", ""),
        ("'persisted'", "'perhaps'"),
        ("CASE WHEN traceparent ~ (", "CASE WHEN true OR traceparent ~ ("),
        ("(?!ff)", ""),
        ("(?!0{32})", ""),
        ("(?!0{16})", ""),
        ("{2}$", "{2}"),
        ("'^(?!ff)", "'(?!ff)"),
    ),
    "authority/endorse.sql": (
        (
            "'hex'), endorse.actor, ruling.revision",
            "'hex'), 'x', ruling.revision",
        ),
        ("(endorse.id, endorse.version, endorse.digest,", "(endorse.id, endorse.version, 'x',"),
        (" AND manifest = endorse.manifest", ""),
        ("now()), now() + endorse.valid_for)", "now()), 'infinity')"),
    ),
    "desk/approve.sql": (
        ("greatest(not_before, now(),", "greatest(now(),"),
        (", approval_id = given.id", ""),
        ("THEN 'approved' ELSE", "THEN 'perhaps' ELSE"),
    ),
    "desk/edit.sql": (
        (", approval_id = NULL", ""),
        ("edit.version + 1", "edit.version"),
        (", digest = written.digest", ""),
        ("state = 'submitted'", "state = 'approved'"),
        ("'edited', edit.role", "'perhaps', edit.role"),
    ),
    "desk/revoke.sql": (
        (" AND revoked_at IS NULL", ""),
        ("WHERE id = revoke.approval AND", "WHERE"),
        ("revoked_at = now(), revoked_by = revoke.actor", "revoked_at = NULL"),
        ("'revoked'", "'perhaps'"),
    ),
    "desk/decide.sql": (
        ("moved_by = decide.role", "moved_by = 'human'"),
        ("CASE WHEN decide.target <> 'in_review' THEN approval_id END", "approval_id"),
        ("CASE WHEN decide.target <> 'in_review' THEN attempt_id END", "attempt_id"),
        (", receipt_id = kept.id", ""),
        ("decide.kind, decide.role", "'perhaps', decide.role"),
        ("('sent_back', 'sent_back'), ", ""),
        ("IN ('rejected', 'sent_back')", "IN ('rejected')"),
        ("IN ('rejected', 'sent_back')", "IN ('sent_back')"),
        ("coalesce(decide.evidence ->> 'reason', '') !~ '\\S'", "false"),
        ("coalesce(decide.evidence ->> 'reason', '')", "(decide.evidence ->> 'reason')"),
        ("!~ '\\S'", "!~ '.'"),
        ("coalesce(decide.evidence ->> 'because', '')", "(decide.evidence ->> 'because')"),
        ("coalesce(decide.evidence ->> 'because', '')", "coalesce('other', '')"),
        ("'wrong_recipient', ", ""),
        (", 'other')", ")"),
    ),
    "router/route.sql": (
        ("state = weighed.target", "state = 'awaiting_approval'"),
        ("ruling.scoring, route.threshold", "ruling.scoring, 0"),
        ("'routed'", "'perhaps'"),
    ),
    "sweeper/expire.sql": (
        (" AND not_after <= now()", ""),
        ("'approved')", "'approved', 'releasing')"),
        (",\n                         'approved')", ")"),
        ("'sent_back',\n", "\n"),
    ),
}
