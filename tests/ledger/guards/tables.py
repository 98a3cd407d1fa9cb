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
    "intents/intent.sql": (
        ("UNIQUE (tenant, idempotency_key)", "UNIQUE (tenant, idempotency_key, id)"),
        ("CHECK (length(idempotency_key)", "CHECK (true OR length(idempotency_key)"),
        ("CHECK (not_after > not_before)", "CHECK (true)"),
        ("num_nonnulls(fence, leased_by, lease_expires_at) =", "true OR 3 ="),
        UNAPPROVED,
        ("'approved', 'sending', 'releasing', 'sent',", "'sending', 'releasing', 'sent',"),
        ("num_nonnulls(approval_id, attempt_id) = 0", "true"),
        (",\n                      'sent_back')", ")"),
        ("num_nonnulls(approval_id, attempt_id)", "num_nonnulls(attempt_id)"),
        ("OR attempt_id IS NOT NULL", "OR true"),
        ("state <> 'sent' OR receipt_id IS NOT NULL", "true"),
    ),
    "intents/intent_names_artifact.sql": (
        (
            "FOREIGN KEY (id, version, digest)"
            " REFERENCES outbox.artifact (intent_id, version, digest)",
            "CHECK (true)",
        ),
    ),
    "intents/intent_names_approval.sql": (SOME_APPROVAL,),
    "intents/intent_names_attempt.sql": (
        (
            "FOREIGN KEY (attempt_id, id, approval_id)\n"
            "    REFERENCES outbox.attempt (id, intent_id, approval_id)",
            "CHECK (true)",
        ),
    ),
    "intents/intent_names_receipt.sql": (
        (
            "FOREIGN KEY (receipt_id, id) REFERENCES outbox.receipt (id, intent_id)",
            "CHECK (true)",
        ),
    ),
    "moves/event.sql": (
        (
            "FOREIGN KEY (source, target, role) REFERENCES outbox.move (source, target, role)",
            "CHECK (true)",
        ),
    ),
    "intents/artifact.sql": (
        ("digest = encode(outbox.hmac(secret, content), 'hex')", "true"),
        ("octet_length(content) <= 20 * 1024 * 1024", "true"),
    ),
    "intents/score.sql": (
        (VERY_BYTES, "CHECK (true)"),
        ("UNIQUE (fence, scorer)", "UNIQUE (fence, scorer, id)"),
        ("CHECK (cost BETWEEN 0 AND 1000000)", "CHECK (cost >= 0)"),
        ("{0,19})?$'", "{0,19})?'"),
        ("confidence BETWEEN 0 AND 1", "true"),
        ("confidence BETWEEN 0 AND 1", "NOT confidence > 1 OR confidence = 'NaN'"),
    ),
    "intents/approval.sql": (
        (VERY_BYTES, "CHECK (true)"),
        ("approver <> ''", "true"),
        ("expires_at > approved_at", "true"),
        ("(revoked_at IS NULL) = (revoked_by IS NULL)", "true"),
    ),
    "intents/attempt.sql": (
        ("attempt UNIQUE (approval_id)", "attempt UNIQUE (approval_id, id)"),
        ("UNIQUE (fence)", "UNIQUE (fence, id)"),
    ),
    "moves/record_birth.sql": (
        ("'unborn', state, moved_by", "'unborn', state, 'human'"),
        ("SELECT outbox.shard_of(id), seq FROM moved", "SELECT 0, 0 WHERE false"),
    ),
    "moves/every_birth_is_recorded.sql": (
        ("FOR EACH STATEMENT", "FOR EACH STATEMENT WHEN (false)"),
    ),
    "moves/record_move.sql": (
        ("SELECT seq, id, source,", "SELECT seq, id, 'unborn',"),
        ("source, state, moved_by", "source, state, 'human'"),
        ("now_is.moves IS DISTINCT FROM was.moves", "now_is.state <> was.state"),
        ("now_is.moves IS DISTINCT FROM was.moves", "true"),
        ("SELECT outbox.shard_of(id), seq FROM moved", "SELECT 0, 0 WHERE false"),
    ),
    "moves/every_move_is_recorded.sql": (
        ("FOR EACH STATEMENT", "FOR EACH STATEMENT WHEN (false)"),
    ),
    "moves/stamp_move.sql": (
        ("NEW.moved_at := now()", "NULL"),
        ("NEW.moves := OLD.moves + 1", "NULL"),
    ),
    "moves/every_move_is_stamped.sql": (("UPDATE OF state", "UPDATE OF version"),),
    "history/refuse.sql": (("RAISE EXCEPTION", "RAISE NOTICE"),),
    "history/artifact_is_only_added_to.sql": (UNDELETED,),
    "history/receipt_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "history/event_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "history/attempt_is_only_added_to.sql": (UNDELETED, UNCHANGED),
    "history/score_is_only_added_to.sql": (UNDELETED, UNTRUNCATED),
    "history/intents_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"),),
    "history/approvals_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"),),
}
