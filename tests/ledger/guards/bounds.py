"""What is taken out of the limits, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNTRUNCATED

LATEST = "\n      JOIN outbox.intent ON id = intent_id AND intent.version = recipient.version"
ANY = "\n      JOIN outbox.intent ON id = intent_id"
KEPT: Changes = (
    ("UPDATE OR TRUNCATE", "TRUNCATE"),
    ("UPDATE OR TRUNCATE", "UPDATE"),
)
STANDS = (" AND lifted_at IS NULL", "")

LIMITS: dict[str, Changes] = {
    "limits/suppression.sql": (
        ("UNIQUE NULLS NOT DISTINCT", "UNIQUE"),
        ("reason <> ''", "true"),
        ("set_by <> '' AND ", ""),
        (" AND lifted_by <> ''", ""),
        ("(lifted_at IS NULL) = (lifted_by IS NULL)", "true"),
    ),
    "history/suppressions_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"), UNTRUNCATED),
    "limits/suppressions_are_only_lifted.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "limits/suppressed.sql": (
        ("ARRAY[address, domain]", "ARRAY[address]"),
        ("ARRAY[address, domain]", "ARRAY[domain]"),
        (" AND recipient.version = intent.version", ""),
        (" AND lifted_at IS NULL", ""),
        ("WHERE intent.id = claimed", ""),
    ),
    "operator/suppress.sql": (
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("suppress.actor", "'somebody'"),
        ("suppress.reason", "'perhaps'"),
    ),
    "operator/lift_suppression.sql": (
        STANDS,
        ("id = lift_suppression.id AND ", ""),
        ("lifted_by = lift_suppression.actor", "lifted_by = 'somebody'"),
    ),
    "suppressed.sql": (("outbox.suppressed(%(id)s)", "outbox.suppressed(0)"),),
    "law/only_end.sql": (
        ("to_jsonb(OLD) ->> ends[1] IS NOT NULL", "false"),
        ("<> to_jsonb(OLD) -", "<> to_jsonb(NEW) -"),
        ("CONSTRAINT = TG_NAME", "CONSTRAINT = 'x'"),
    ),
    "limits/cap.sql": (
        ("UNIQUE NULLS NOT DISTINCT", "UNIQUE"),
        ("scope IN ('everything', 'channel', 'producer',", "scope IN (scope,"),
        ("scope <> 'everything' OR name = ''", "true"),
        ("most > 0 AND ", ""),
        (" AND span > interval '0'", ""),
        ("set_by <> '' AND ", ""),
        (" AND lifted_by <> ''", ""),
        ("(lifted_at IS NULL) = (lifted_by IS NULL)", "true"),
    ),
    "limits/caps_are_only_lifted.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "history/caps_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"), UNTRUNCATED),
    "limits/recipient.sql": (
        (
            "FOREIGN KEY (intent_id, version) REFERENCES outbox.artifact (intent_id, version)",
            "CHECK (true)",
        ),
    ),
    "history/recipient_is_only_added_to.sql": KEPT,
    "limits/record_recipients.sql": (
        ("SELECT DISTINCT", "SELECT"),
        ("lower(named.address)", "named.address"),
        ("'to', 'cc', 'bcc'", "'to', 'bcc'"),
        (", 'bcc'", ""),
        (" AND named.address IS NOT NULL", ""),
        ("ELSE '[]' END", "ELSE field.value END"),
    ),
    "limits/said_in.sql": (
        ("WHEN data_exception", "WHEN division_by_zero"),
        ("WHEN 'object' THEN words::json", "WHEN 'object' THEN words::jsonb::json"),
    ),
    "limits/every_recipient_is_recorded.sql": (("AFTER INSERT", "AFTER UPDATE"),),
    "history/counted_is_only_added_to.sql": KEPT,
    "limits/scopes_of.sql": (
        ("'channel', channel", "'channel', 'x'"),
        ("'producer', producer", "'producer', 'x'"),
        ("SELECT DISTINCT", "SELECT"),
        (
            "'address', address, 1 FROM outbox.recipient" + LATEST,
            "'address', address, 1 FROM outbox.recipient" + ANY,
        ),
        ("domain, 1 FROM outbox.recipient" + LATEST, "domain, 1 FROM outbox.recipient" + ANY),
    ),
    "limits/count_attempt.sql": (("clock_timestamp()", "now()"),),
    "limits/every_attempt_is_counted.sql": (("AFTER INSERT", "AFTER UPDATE"),),
    "limits/caps_on.sql": (
        ("cap.name IN ('', mine.name)", "cap.name = mine.name"),
        ("cap.name IN ('', mine.name)", "true"),
        ("mine.scope = cap.scope AND ", ""),
        ("WHERE cap.lifted_at IS NULL", ""),
    ),
    "intents/approval.sql": (("held_until < expires_at", "true"),),
    "authority/endorse.sql": (("nullif(now() + endorse.hold, now()), now()", "NULL, now()"),),
    "desk/approve.sql": (
        (", now(), given.held_until)", ", now())"),
        ("'held_until', given.held_until,", ""),
    ),
    "limits/own_limits.sql": (
        (" AND held_until > instant", ""),
        ("AND held_until > instant", "AND false"),
        ("claimed AND NOT EXISTS (", "claimed AND false AND NOT EXISTS ("),
        (" AND recipient.version = intent.version", ""),
        ("outbox.suppressed(claimed)", "outbox.suppressed(0)"),
    ),
    "limits/limits.sql": (
        ("outbox.own_limits(claimed, instant)", "outbox.own_limits(0, instant)"),
        ("since + cap.weight > cap.most", "since + cap.weight >= cap.most"),
        ("(ORDER BY at DESC)", "(ORDER BY at)"),
        ("ORDER BY at DESC LIMIT 1", "ORDER BY at LIMIT 1"),
        ("counted.scope = cap.scope AND ", ""),
        (" AND counted.name = cap.name", ""),
        ("at > instant - cap.span", "true"),
    ),
    "limits/wait_for_caps.sql": (
        ("pg_advisory_xact_lock(queue.number)", "queue.number"),
        ("pg_advisory_xact_lock(queue.number)", "pg_advisory_xact_lock_shared(queue.number)"),
        ("|| name, 0)", ", 0)"),
    ),
    "limits/limited_by.sql": (
        ("clock_timestamp()", "now()"),
        (
            "outbox.limits(one, instant)\n" + 35 * " " + "ORDER BY until DESC NULLS FIRST",
            "outbox.limits(one, instant)\n" + 35 * " " + "ORDER BY until DESC NULLS LAST",
        ),
        ("FROM outbox.cap WHERE", "FROM outbox.cap WHERE false AND"),
        ("FROM outbox.quiet_hours WHERE", "FROM outbox.quiet_hours WHERE false AND"),
    ),
    "sender/permit.sql": (("PERFORM outbox.wait_for_caps(permit.ids)", "NULL"),),
    "sender/cross_over.sql": (("stands.against, limited.reason", "stands.against, NULL"),),
    "sender/rest.sql": (
        (" AND fence = rest.fence", ""),
        (" AND state = 'sending'", ""),
        (", claims = claims - 1", ""),
        ("SELECT max(until)", "SELECT min(until)"),
        ("instant + interval '1 second'", "instant"),
        ("'put_back'", "'swept'"),
        ("jsonb_build_object('until', due)", "'{}'"),
    ),
    "operator/set_cap.sql": (
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("set_cap.actor", "'somebody'"),
    ),
    "operator/replace_cap.sql": (
        STANDS,
        ("scope = replace_cap.scope AND ", ""),
        ("AND name = replace_cap.name\n", ""),
        ("AND span = make_interval(secs => replace_cap.seconds)", ""),
        ("lifted_by = replace_cap.actor", "lifted_by = 'somebody'"),
    ),
    "operator/lift_cap.sql": (
        STANDS,
        ("id = lift_cap.id AND ", ""),
        ("lifted_by = lift_cap.actor", "lifted_by = 'somebody'"),
    ),
}
