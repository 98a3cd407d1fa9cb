"""What is taken out of the telling, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes

HEARD = ("AND held.state = ANY (kinds)", "AND said.step = ANY (kinds)")
NOTIFIED: dict[str, Changes] = {
    "notifying/route.sql": (
        ("CHECK (name <> '')", "CHECK (true)"),
        ("num_nonnulls(leased_by, lease_expires_at) IN (0, 2)", "true"),
    ),
    "notifying/notified.sql": (
        ("PRIMARY KEY (route, kind, intent_id, since)", "CHECK (true)"),
        ("        AND intent_id > 0\n", ""),
        (" AND intent_id = 0", ""),
        (
            "kind IN ('in_review', 'awaiting_approval', 'stranded', 'reminded',",
            "kind IN ('sent',",
        ),
        ("'switch', 'attester_silent'", "'switch', 'attester_silent', 'sent'"),
    ),
    "notifying/concerns.sql": (
        ("tier #>> '{needs,of}' = ANY (groups) AND ", ""),
        (" AND outbox.is_of_tier(held, tier -> 'when')", ""),
    ),
    "notifying/escalates_to.sql": (
        ("lower(btrim(name)) = lower(btrim(person))", "true"),
        ("lower(btrim(name)) =", "name ="),
        ("= lower(btrim(person))", "= person"),
        (
            "AND held.moved_at + (tier #>> '{within,escalate}')::interval <= now()",
            "",
        ),
        ("           AND outbox.is_of_tier(held, tier -> 'when')", ""),
    ),
    "notifying/waits.sql": (
        *(
            (f"{heard}\n       AND (tenants IS NULL OR held.tenant = ANY (tenants))", heard)
            for heard in HEARD
        ),
        *(
            (
                f"{heard}\n       AND (tenants IS NULL OR held.tenant = ANY (tenants))\n"
                "       AND (groups IS NULL OR outbox.concerns(held, groups))",
                f"{heard} AND (tenants IS NULL OR held.tenant = ANY (tenants))",
            )
            for heard in HEARD
        ),
        ("       AND held.state = ANY (kinds)\n", ""),
        ("'in_review', 'awaiting_approval', 'stranded'", "'in_review', 'awaiting_approval'"),
        ("held.moved_at, said.at", "held.moved_at, held.moved_at"),
        ("held.moved_at, said.at", "held.moved_at, held.moved_at"),
        (" AND said.since = held.moved_at", ""),
        ("       AND said.step = ANY (kinds)\n", ""),
        ("       AND (person IS NULL OR outbox.escalates_to(held, person))\n", ""),
        ("(person IS NULL OR ", "(false OR "),
        (" WHERE 'switch' = ANY (kinds)", ""),
        ("WHEN outbound THEN 'on' ELSE 'off'", "WHEN outbound THEN 'off' ELSE 'on'"),
        ("'attester_silent' = ANY (kinds)\n       AND ", ""),
        ("greatest(oldest.at, last.at)", "last.at"),
        ("greatest(oldest.at, last.at)", "oldest.at"),
        ("coalesce(last.at, oldest.at)", "oldest.at"),
    ),
    "notifier/claim_to_notify.sql": (
        ("name = claim_to_notify.route AND due_at <= now()", "name = claim_to_notify.route"),
        ("       AND coalesce(lease_expires_at, '-infinity') <= now()\n", ""),
        (" WHERE route = held.name", ""),
        ("GROUP BY kind, intent_id, since", "GROUP BY kind, intent_id, since, told"),
        ("        HAVING NOT bool_or(told)\n", ""),
        ("intent_id, since, NULL, NULL, true", "intent_id, now(), NULL, NULL, true"),
        ("SELECT kind, intent_id, since, NULL", "SELECT 'switch', intent_id, since, NULL"),
        ("kind, intent_id, since, NULL, NULL", "kind, 7, since, NULL, NULL"),
        ("'awaiting_approval', 'reminded')", "'awaiting_approval')"),
        ("'in_review', 'awaiting_approval', 'reminded'", "'in_review', 'reminded'"),
        ("'in_review', 'awaiting_approval'", "'in_review', 'stranded', 'awaiting_approval'"),
        ("(SELECT min(came)", "(SELECT max(came)"),
        (" <= now() - claim_to_notify.gather", " <= now()"),
        ("ORDER BY gathered, since", "ORDER BY gathered DESC, since"),
        ("     LIMIT claim_to_notify.most", ""),
        ("fence = fence + 1", "fence = fence"),
        ("leased_by = claim_to_notify.worker", "leased_by = 'somebody'"),
        ("now() + claim_to_notify.lease", "now() + claim_to_notify.lease * 2"),
        ("         WHERE name = held.name;", ";"),
        ("held.failures, kind", "0, kind"),
    ),
    "notifier/record_notified.sql": (
        ("failures = 0, ", ""),
        ("told_at = now()", "told_at = NULL"),
        (
            "leased_by = CASE WHEN fence <> record_notified.fence THEN leased_by END",
            "leased_by = NULL",
        ),
        ("CASE WHEN fence <> record_notified.fence THEN leased_by END", "leased_by"),
        ("told.route = record_notified.route AND ", ""),
        (" AND moved_at = told.since", ""),
        ("    ON CONFLICT DO NOTHING", ""),
    ),
    "notifier/postpone_route.sql": (
        (" AND fence = postpone_route.fence", ""),
        ("name = postpone_route.route AND ", ""),
        ("failures = failures + 1, ", ""),
        ("now() + postpone_route.pause", "now()"),
        ("leased_by = NULL, lease_expires_at = NULL", "leased_by = leased_by"),
    ),
}
