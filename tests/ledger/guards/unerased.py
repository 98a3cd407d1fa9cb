"""What is taken out of erasure, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes

ERASURE: dict[str, Changes] = {
    "intents/artifact.sql": (
        ("octet_length(secret) = 32", "true"),
        (
            "num_nonnulls(secret, content) = CASE WHEN erased_at IS NULL THEN 2 ELSE 0 END",
            "true",
        ),
    ),
    "erasure/is_erased.sql": (
        (" AND kind = 'erased'", ""),
        ("intent_id = intent AND ", ""),
    ),
    "erasure/only_erase_artifact.sql": (
        ("OLD.erased_at IS NOT NULL OR ", ""),
        ("NEW IS DISTINCT FROM kept", "false"),
        ("NOT outbox.is_erased(OLD.intent_id)", "false"),
    ),
    "erasure/artifact_is_only_erased.sql": (
        ("BEFORE UPDATE", "BEFORE UPDATE OF erased_at"),
        ("BEFORE UPDATE", "BEFORE UPDATE OF written_by"),
    ),
    "erasure/only_erase_score.sql": (
        ("NEW IS DISTINCT FROM kept", "false"),
        ("NOT outbox.is_erased(OLD.intent_id)", "false"),
    ),
    "erasure/score_is_only_erased.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF confidence"),),
    "erasure/only_the_erased_go.sql": (
        ("NOT outbox.is_erased(intent)", "false"),
        ("NOT IN ('address', 'domain')", "= 'everything'"),
    ),
    "erasure/erased_recipient_goes.sql": (("BEFORE DELETE", "BEFORE UPDATE"),),
    "erasure/erased_counted_goes.sql": (("BEFORE DELETE", "BEFORE UPDATE"),),
    "erasure/index_erased.sql": (("UNIQUE INDEX", "INDEX"),),
    "erasure/scrub_receipt.sql": (
        ("NEW.evidence::text NOT LIKE '%@%' AND ", ""),
        (" AND NOT NEW.evidence ?| words", ""),
        ("NEW.evidence := NEW.evidence - words", "NULL"),
        ("CASE WHEN name = ANY (words) THEN addresses ELSE '{}' END", "addresses"),
        ("CASE WHEN name = ANY (words) THEN addresses ELSE '{}' END", "'{}'"),
        ("erasable := outbox.new_secret();", "RETURN NEW;"),
        ("value::text LIKE '%@%'\n            OR key", "key"),
        ("OR key = ANY (words) AND EXISTS (", "OR false AND EXISTS ("),
        ("lower(value::text)", "value::text"),
        ("'^[a-z0-9]*'", "'^.*'"),
    ),
    "erasure/no_receipt_names_a_recipient.sql": (("BEFORE INSERT", "BEFORE UPDATE"),),
    "erasure/counts_until.sql": (
        ("'address', 'domain'", "'address'"),
        ("'address', 'domain'", "'domain'"),
        ("cap.name IN ('', counted.name)", "true"),
        ("cap.name IN ('', counted.name)", "cap.name = counted.name"),
        ("cap.lifted_at IS NULL", "true"),
        (" AND counted.at + cap.span > clock_timestamp()", ""),
    ),
    "desk/erase.sql": (
        ("EXISTS (SELECT FROM outbox.move WHERE source = held.state)", "false"),
        ("NOT FOUND OR ", ""),
        ("IF until IS NOT NULL", "IF false"),
        ("'human', erase.actor", "'human', 'somebody'"),
        ("'reason', erase.reason", "'reason', ''"),
        ("'erased'", "'perhaps'"),
        ("AND counted.scope IN ('address', 'domain')", ""),
        ("counted.scope IN ('address', 'domain')", "counted.scope = 'address'"),
        ("DELETE FROM outbox.recipient WHERE intent_id = held.id;", ""),
        (
            "UPDATE outbox.score SET reasons = '[]', kinds = '{}' WHERE",
            "UPDATE outbox.score SET reasons = '[]' WHERE",
        ),
        (
            "UPDATE outbox.score SET reasons = '[]', kinds = '{}' WHERE intent_id = held.id;",
            "",
        ),
        ("secret = NULL, content = NULL, erased_at = now()", "erased_at = NULL"),
    ),
    "agent/check_known.sql": (
        (
            "artifact.content IS DISTINCT FROM asked.content",
            "artifact.content <> asked.content",
        ),
    ),
    "agent/submit_each.sql": (("outbox.new_secret()", "sha256('x')"),),
    "scorer/score.sql": (
        ("convert_to(reasons::text, 'UTF8')", "'x'"),
        ("convert_to(kinds::text, 'UTF8')", "'x'"),
    ),
    "addressed.sql": ((" WHERE address = %(address)s", ""),),
}
