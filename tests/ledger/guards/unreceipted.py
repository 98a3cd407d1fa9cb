"""What is taken out of receipts and their log, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

_ADDED_TO: Changes = (UNCHANGED, UNDELETED, UNTRUNCATED)
RECEIPTS: dict[str, Changes] = {
    "intents/receipt.sql": (("num_nonnulls(intent_id, digest) =", "true OR 2 ="),),
    "sender/cross_over.sql": (
        ("'permit', 'sender', cross_over.worker", "'permit', 'sender', 'somebody'"),
        ("'permit', 'sender'", "'perhaps', 'sender'"),
        ("asked.digest, asked.fence,\n", "repeat('0', 64), asked.fence,\n"),
        ("asked.digest, asked.fence,\n", "asked.digest, NULL,\n"),
        ("'approval', approval_id", "'approval', 0"),
        ("'attempt', attempt_id", "'attempt', 0"),
    ),
    "operator/flip.sql": (
        ("'switch', flip.role, flip.actor", "'switch', flip.role, 'somebody'"),
        ("'switch', flip.role, flip.actor", "'switch', 'agent', flip.actor"),
        ("'outbound', flip.outbound", "'outbound', true"),
    ),
    "operator/arm.sql": (
        ("'epoch', arm.role, armed_by", "'epoch', arm.role, 'somebody'"),
        ("'environment', environment", "'environment', nonce"),
    ),
    "desk/approve.sql": (("'approval', given.id", "'approval', 0"),),
    "desk/revoke.sql": (
        ("revoke.approval)", "0)"),
        ("revoke.evidence || jsonb_build_object", "jsonb_build_object"),
    ),
    "sender/settle.sql": (
        ("held.fence IS DISTINCT FROM told.fence", "false"),
        ("held.fence IS DISTINCT FROM told.fence", "true"),
    ),
    "log/log.sql": (("PRIMARY KEY DEFAULT true CHECK (only_row)", "DEFAULT true"),),
    "log/log_is_named.sql": (("gen_random_uuid()", "'ours'"),),
    "log/leaf.sql": (
        ("UNIQUE (receipt_id)", "UNIQUE (receipt_id, index)"),
        ("FOREIGN KEY (receipt_id) REFERENCES outbox.receipt (id)", "CHECK (true)"),
        ("FOREIGN KEY (before) REFERENCES outbox.leaf (index)", "CHECK (true)"),
        (
            "FOREIGN KEY (chain, previous) REFERENCES outbox.leaf (chain, number)",
            "CHECK (true)",
        ),
        ("nullif(number, 1) - 1", "NULL::int"),
    ),
    "log/node.sql": (("PRIMARY KEY (level, index)", "CHECK (true)"),),
    "log/checkpoint.sql": (("bigint PRIMARY KEY", "bigint NOT NULL"),),
    "log/queue_receipt.sql": (
        ("INSERT INTO outbox.unattested (receipt_id) SELECT id FROM kept", "NULL"),
    ),
    "log/every_receipt_is_queued.sql": (("AFTER INSERT", "AFTER UPDATE"),),
    "history/log_is_only_added_to.sql": _ADDED_TO,
    "history/leaf_is_only_added_to.sql": _ADDED_TO,
    "history/node_is_only_added_to.sql": _ADDED_TO,
    "history/checkpoint_is_only_added_to.sql": _ADDED_TO,
    "log/check_logged.sql": (("RAISE EXCEPTION", "RAISE NOTICE"),),
    "log/only_the_logged_leave_the_queue.sql": (
        (
            "AFTER DELETE ON outbox.unattested REFERENCING OLD TABLE AS gone",
            "AFTER UPDATE ON outbox.unattested REFERENCING OLD TABLE AS gone",
        ),
    ),
    "history/the_queue_stays.sql": (
        ("UPDATE OR TRUNCATE", "UPDATE"),
        ("UPDATE OR TRUNCATE", "TRUNCATE"),
    ),
    "attest_size.sql": (("max(index) + 1", "max(index)"),),
    "attest_nodes.sql": (("SELECT level, index, hash", "SELECT level, index, ''::bytea"),),
    "attest_waiting.sql": (("ORDER BY unattested.receipt_id", "ORDER BY receipt.evidence"),),
    "attest_heads.sql": (("DESC", ""),),
    "attester/log_receipts.sql": (
        ("place - 1", "place"),
        ("receipt_id = ANY (log_receipts", "receipt_id <> ALL (log_receipts"),
    ),
    "attester/keep_checkpoint.sql": (
        (
            "keep_checkpoint.size, keep_checkpoint.note",
            "keep_checkpoint.size + 1, keep_checkpoint.note",
        ),
    ),
    "attest_last_checkpoint.sql": (("max(size)", "min(size)"),),
}
