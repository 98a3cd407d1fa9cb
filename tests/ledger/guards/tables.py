"""What is taken out of the tables and triggers, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes

VERY_BYTES = (
    "FOREIGN KEY (intent_id, version, digest)\n"
    "        REFERENCES outbox.artifact (intent_id, version, digest)"
)
SOME_APPROVAL = (
    "FOREIGN KEY (approval_id, id, version, digest)\n"
    "    REFERENCES outbox.approval (id, intent_id, version, digest)",
    "CHECK (true)",
)
UNAPPROVED = ("OR approval_id IS NOT NULL", "OR true")
UNCHANGED = ("UPDATE OR DELETE", "DELETE")
UNDELETED = ("DELETE OR TRUNCATE", "TRUNCATE")
UNTRUNCATED = ("DELETE OR TRUNCATE", "DELETE")
"""To truncate any other table means to truncate intents and events, too: see `doors`."""

ROWS: dict[str, Changes] = {
    "20_intent.sql": (
        ("UNIQUE (idempotency_key)", "UNIQUE (idempotency_key, id)"),
        ("CHECK (length(idempotency_key)", "CHECK (true OR length(idempotency_key)"),
        ("CHECK (not_after > not_before)", "CHECK (true)"),
        ("num_nonnulls(fence, leased_by, lease_expires_at) =", "true OR 3 ="),
        UNAPPROVED,
        ("'approved', 'sending', 'releasing', 'sent',", "'sending', 'releasing', 'sent',"),
        ("num_nonnulls(approval_id, attempt_id) = 0", "true"),
        ("num_nonnulls(approval_id, attempt_id)", "num_nonnulls(attempt_id)"),
        ("OR attempt_id IS NOT NULL", "OR true"),
        ("state <> 'sent' OR receipt_id IS NOT NULL", "true"),
    ),
    "22_intent_names_artifact.sql": (
        (
            "FOREIGN KEY (id, version, digest)"
            " REFERENCES outbox.artifact (intent_id, version, digest)",
            "CHECK (true)",
        ),
    ),
    "25_intent_names_approval.sql": (SOME_APPROVAL,),
    "27_intent_names_attempt.sql": (
        (
            "FOREIGN KEY (attempt_id, id, approval_id)\n"
            "    REFERENCES outbox.attempt (id, intent_id, approval_id)",
            "CHECK (true)",
        ),
    ),
    "29_intent_names_receipt.sql": (
        (
            "FOREIGN KEY (receipt_id, id) REFERENCES outbox.receipt (id, intent_id)",
            "CHECK (true)",
        ),
    ),
    "30_event.sql": (
        (
            "FOREIGN KEY (source, target, role) REFERENCES outbox.move (source, target, role)",
            "CHECK (true)",
        ),
    ),
    "21_artifact.sql": (
        ("digest = encode(sha256(content), 'hex')", "true"),
        ("octet_length(content) <= 20 * 1024 * 1024", "true"),
    ),
    "23_score.sql": (
        (VERY_BYTES, "CHECK (true)"),
        ("UNIQUE (fence)", "UNIQUE (fence, id)"),
        ("confidence BETWEEN 0 AND 1", "true"),
        ("confidence BETWEEN 0 AND 1", "NOT confidence > 1 OR confidence = 'NaN'"),
    ),
    "24_approval.sql": (
        (VERY_BYTES, "CHECK (true)"),
        ("approver <> ''", "true"),
        ("expires_at > approved_at", "true"),
        ("(revoked_at IS NULL) = (revoked_by IS NULL)", "true"),
    ),
    "26_attempt.sql": (
        ("attempt UNIQUE (approval_id)", "attempt UNIQUE (approval_id, id)"),
        ("UNIQUE (fence)", "UNIQUE (fence, id)"),
    ),
    "40_record_move.sql": (
        ("CASE TG_OP WHEN 'INSERT' THEN 'unborn' ELSE OLD.state END", "'unborn'"),
        ("NEW.moved_by, NEW.version", "'human', NEW.version"),
        ("INSERT INTO outbox.unpublished", "--"),
    ),
    "41_every_move_is_recorded.sql": (
        ("AFTER INSERT OR UPDATE OF state", "AFTER INSERT"),
        ("INSERT OR UPDATE OF state", "UPDATE OF state"),
        ("FOR EACH ROW", "FOR EACH ROW WHEN (NEW.state <> 'approved')"),
    ),
    "42_stamp_move.sql": (("NEW.moved_at := now()", "NULL"),),
    "43_every_move_is_stamped.sql": (("UPDATE OF state", "UPDATE OF version"),),
    "44_refuse.sql": (("RAISE EXCEPTION", "RAISE NOTICE"),),
    "45_artifact_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "46_receipt_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "47_event_is_only_added_to.sql": (UNDELETED, UNCHANGED, UNTRUNCATED),
    "48_attempt_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "49_score_is_only_added_to.sql": (UNDELETED, UNCHANGED, UNTRUNCATED),
    "50_intents_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"),),
    "51_approvals_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"),),
}
