"""What is taken out of the keeping of the policy, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

POLICIES: dict[str, Changes] = {
    "policy/is_of_tier.sql": (
        ("coalesce(conditions ->> 'channel' = held.channel, true)", "true"),
        ("coalesce(conditions ->> 'tenant' = held.tenant, true)", "true"),
        ("'([\\\\%_])'", "'([!])'"),
        ("'*', '%'", "'*', '*'"),
        ("version = held.version\n                  AND address", "address"),
        ("version = held.version\n                  AND (value", "(value"),
        ("value IS NULL\n                       OR ", ""),
        ("currency = conditions #>> '{above,currency}'\n                          AND ", ""),
        ("AND value > (", "AND value >= ("),
    ),
    "policy/needs_of.sql": (
        ("SELECT NULL::text[], 1\n     UNION ALL\n", ""),
        ("WHERE outbox.is_of_tier(held, tier -> 'when')", ""),
        ("lower(btrim(name))", "name"),
        ("CASE WHEN tier #>> '{needs,of}' IS NOT NULL", "CASE WHEN false"),
    ),
    "policy/lacking.sql": (
        ("greatest(0, max(", "least(99, max("),
        ("max(need", "min(need"),
        ("yes.approval_id = given.id", "true"),
        ("AND (need.members IS NULL OR yes.voice = ANY (need.members))", ""),
        ("AND (NOT yes.wrote OR (ruling ->> 'sole_operator')::boolean)", ""),
        ("(ruling ->> 'sole_operator')::boolean", "false"),
    ),
    "policy/has_written.sql": (
        ("hand.intent_id = has_written.intent AND ", ""),
        (" AND hand.kind IN ('persisted', 'edited')", ""),
        ("'persisted', 'edited'", "'persisted'"),
        ("'persisted', 'edited'", "'edited'"),
        ("lower(btrim(hand.actor)), ", ""),
        (", lower(hand.login))", ")"),
        ("lower(btrim(has_written.actor))", "has_written.actor"),
        ("hand.role = 'agent' AND ", ""),
        ("session_user IN (hand.actor, hand.login)", "false"),
        ("\n                   AND NOT outbox.is_owner()", ""),
    ),
    "policy/reminder.sql": (
        ("UNIQUE (intent_id, since, step)", "UNIQUE (intent_id, since, step, at)"),
        ("step IN ('reminded', 'escalated')", "true"),
    ),
    "policy/overdue.sql": (
        ("held.state IN ('in_review', 'awaiting_approval')\n       AND ", ""),
        ("held.moved_at + asked.span <= now() AND ", ""),
        (" AND outbox.is_of_tier(held, asked.conditions)", ""),
        ("min(held.moved_at", "max(held.moved_at"),
        (
            "CASE step.done WHEN 'escalated' THEN tier #> '{within,to}' END",
            "tier #> '{within,to}'",
        ),
    ),
    "sweeper/remind.sql": (
        ("AND reminder.since = found.since", ""),
        ("AND reminder.step = found.step", ""),
        ("LIMIT remind.batch", ""),
        ("'sweeper', remind.worker", "'sweeper', 'somebody'"),
        ("'to', late.names", "'to', '{}'::text[]"),
        ("VALUES (held.id, held.state, 'sweeper'", "VALUES (held.id, 'sent', 'sweeper'"),
        (
            "INSERT INTO outbox.unpublished (shard, seq)"
            " VALUES (outbox.shard_of(held.id), logged);",
            "",
        ),
    ),
    "operator/set_policy.sql": (
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("set_policy.revision <> last + 1", "false"),
        ("set_policy.document, signed.id,", "set_policy.document, NULL,"),
        ("set_policy.role, set_policy.actor", "set_policy.role, 'somebody'"),
        ("'document', signed.digest", "'document', ''"),
        ("signed.digest, 'key', signed.key", "signed.digest, 'key', ''"),
        ("set_policy.key, 'policy')", "set_policy.key, 'x')"),
    ),
    "installation/policy.sql": (
        ("CHECK (set_by <> '')", "CHECK (true)"),
        ("jsonb_typeof(document -> 'sole_operator'), '') = 'boolean'", "'x', 'x') = 'x'"),
        ("jsonb_typeof(document -> 'tiers'), '') = 'array'", "'x', 'x') = 'x'"),
    ),
    "installation/policy_in_force.sql": (("ORDER BY revision DESC", "ORDER BY revision"),),
    "installation/first_policy.sql": (('"sole_operator": false', '"sole_operator": true'),),
    "authority/policy_names_document.sql": (
        ("FOREIGN KEY (document_id) REFERENCES outbox.document (id)", "CHECK (true)"),
    ),
    "authority/endorse.sql": (("endorse.actor, endorse.wrote", "endorse.actor, false"),),
    "moves/event.sql": (("num_nonnulls(source, notice) = 1", "true"),),
    "desk/approve.sql": (
        ("IF alone AND NOT (ruling.document ->> 'sole_operator')::boolean", "IF false"),
        (" AND NOT (ruling.document ->> 'sole_operator')::boolean", ""),
        ("'sole_operator', nullif(alone, false)", "'sole_operator', NULL::boolean"),
        ("'policy', given.policy, ", ""),
    ),
    "sender/permit_refusal.sql": (
        ("outbox.lacking(leave, ruling.document) <> 0", "false"),
        ("AND outbox.lacking(leave, ruling.document) <> 0", ""),
    ),
    "history/policy_is_only_added_to.sql": (UNCHANGED, UNDELETED),
    "history/reminder_is_only_added_to.sql": (UNCHANGED, UNDELETED, UNTRUNCATED),
}

RULED: dict[str, Changes] = {
    "policy/is_enough.sql": (
        ("approvals <= 1 AND ", ""),
        ("members IS NULL OR ", ""),
        ("(members IS NULL OR lower(btrim(giver)) = ANY (members))", "true"),
        ("lower(btrim(giver))", "giver"),
        ("(ruling ->> 'sole_operator')::boolean OR ", ""),
        ("NOT wrote", "true"),
    ),
}
