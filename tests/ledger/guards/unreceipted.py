"""What is taken out of receipts and their log, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

_ADDED_TO: Changes = (UNCHANGED, UNDELETED, UNTRUNCATED)
RECEIPTS: dict[str, Changes] = {
    "28_receipt.sql": (("num_nonnulls(intent_id, digest) =", "true OR 2 ="),),
    "61_permit.sql": (
        ("'permit', 'sender', holder", "'permit', 'sender', 'somebody'"),
        ("'permit', 'sender'", "'perhaps', 'sender'"),
        ("holder, held.digest, held.fence", "holder, repeat('0', 64), held.fence"),
        ("holder, held.digest, held.fence", "holder, held.digest, NULL"),
        ("'approval', leave.id", "'approval', 0"),
        ("'attempt', spent", "'attempt', 0"),
    ),
    "flip.sql": (
        ("'switch', %(role)s, %(actor)s", "'switch', %(role)s, 'somebody'"),
        ("'switch', %(role)s, %(actor)s", "'switch', 'agent', %(actor)s"),
        ("'outbound', %(outbound)s::boolean", "'outbound', true"),
    ),
    "arm.sql": (
        ("'epoch', %(role)s, armed_by", "'epoch', %(role)s, 'somebody'"),
        ("'environment', environment", "'environment', nonce"),
    ),
    "approve.sql": (("'approval', id", "'approval', 0"),),
    "revoke.sql": (
        ("%(approval_id)s::bigint", "0"),
        ("%(evidence)s || jsonb_build_object", "jsonb_build_object"),
    ),
    "settle.sql": (
        ("held.fence IS DISTINCT FROM %(fence)s::bigint", "false"),
        ("held.fence IS DISTINCT FROM %(fence)s::bigint", "true"),
    ),
    "80_log.sql": (("PRIMARY KEY DEFAULT true CHECK (only_row)", "DEFAULT true"),),
    "81_log_is_named.sql": (("gen_random_uuid()", "'ours'"),),
    "82_leaf.sql": (
        ("UNIQUE (receipt_id)", "UNIQUE (receipt_id, index)"),
        ("FOREIGN KEY (receipt_id) REFERENCES outbox.receipt (id)", "CHECK (true)"),
        ("FOREIGN KEY (before) REFERENCES outbox.leaf (index)", "CHECK (true)"),
        (
            "FOREIGN KEY (chain, previous) REFERENCES outbox.leaf (chain, number)",
            "CHECK (true)",
        ),
        ("nullif(number, 1) - 1", "NULL::int"),
    ),
    "83_node.sql": (("PRIMARY KEY (level, index)", "CHECK (true)"),),
    "84_checkpoint.sql": (("bigint PRIMARY KEY", "bigint NOT NULL"),),
    "86_queue_receipt.sql": (
        ("INSERT INTO outbox.unattested (receipt_id) VALUES (NEW.id)", "NULL"),
    ),
    "87_every_receipt_is_queued.sql": (("AFTER INSERT", "AFTER UPDATE"),),
    "88_log_is_only_added_to.sql": _ADDED_TO,
    "89_leaf_is_only_added_to.sql": _ADDED_TO,
    "90_node_is_only_added_to.sql": _ADDED_TO,
    "91_checkpoint_is_only_added_to.sql": _ADDED_TO,
    "92_check_logged.sql": (("RAISE EXCEPTION", "RAISE NOTICE"),),
    "93_only_the_logged_leave_the_queue.sql": (
        (
            "AFTER DELETE ON outbox.unattested REFERENCING OLD TABLE AS gone",
            "AFTER UPDATE ON outbox.unattested REFERENCING OLD TABLE AS gone",
        ),
    ),
    "94_the_queue_stays.sql": (
        ("UPDATE OR TRUNCATE", "UPDATE"),
        ("UPDATE OR TRUNCATE", "TRUNCATE"),
    ),
    "attest_size.sql": (("max(index) + 1", "max(index)"),),
    "attest_nodes.sql": (("SELECT level, index, hash", "SELECT level, index, ''::bytea"),),
    "attest_waiting.sql": (("ORDER BY unattested.receipt_id", "ORDER BY receipt.evidence"),),
    "attest_heads.sql": (("DESC", ""),),
    "attest_append.sql": (
        ("place - 1", "place"),
        ("= ANY (%(receipts)s", "<> ALL (%(receipts)s"),
    ),
    "attest_checkpoint.sql": (("%(size)s, %(note)s", "%(size)s + 1, %(note)s"),),
    "attest_last_checkpoint.sql": (("max(size)", "min(size)"),),
}
