"""Scenes of receipts and their log: each shows what a guard is there for."""

from __future__ import annotations

import re
from typing import LiteralString

from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from schemas.receipts import checkpoint
from tests.ledger.guards.answers import one, raw
from tests.parts import journey
from tests.parts.receipts import OURS, attest, attester, root_of

LAST: LiteralString = (
    ", '', '', '' FROM outbox.leaf, (SELECT max(id) AS fresh FROM outbox.receipt) AS newest"
    " WHERE index = (SELECT max(index) FROM outbox.leaf)"
)
LEAF: LiteralString = (
    "INSERT INTO outbox.leaf (index, receipt_id, chain, number, statement, signature, key)"
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "a_receipt_is_of_an_intent_or_of_the_installation",
        "INSERT INTO outbox.receipt (kind, role, actor, evidence)"
        " VALUES ('permit', 'sender', 'eve', '{}')",
    ),
    (
        "a_receipt_is_logged_once",
        LEAF + " SELECT index + 1, receipt_id, chain, number + 1" + LAST,
    ),
    ("a_chain_does_not_fork", LEAF + " SELECT index + 1, fresh, chain, number" + LAST),
    ("leaf_pkey", LEAF + " SELECT index, fresh, chain, number + 1" + LAST),
    ("only_receipts_are_logged", LEAF + " SELECT index + 1, 1e15, chain, number + 1" + LAST),
    ("the_log_has_no_gap", LEAF + " SELECT index + 2, fresh, chain, number + 1" + LAST),
    ("a_chain_has_no_gap", LEAF + " SELECT index + 1, fresh, chain, number + 2" + LAST),
    ("node_pkey", "INSERT INTO outbox.node SELECT level, index, '' FROM outbox.node"),
    ("checkpoint_pkey", "INSERT INTO outbox.checkpoint SELECT size, '' FROM outbox.checkpoint"),
    ("log_pkey", "INSERT INTO outbox.log (origin) VALUES ('another')"),
    ("only_the_logged_leave_the_queue", "DELETE FROM outbox.unattested"),
)
"""Which rule refuses which statement, with one receipt that is not in the log yet."""

KEPT: tuple[LiteralString, ...] = (
    *("UPDATE outbox.leaf SET key = ''", "DELETE FROM outbox.leaf", "TRUNCATE outbox.leaf"),
    *("UPDATE outbox.node SET hash = ''", "DELETE FROM outbox.node", "TRUNCATE outbox.node"),
    "UPDATE outbox.checkpoint SET note = ''",
    *("DELETE FROM outbox.checkpoint", "TRUNCATE outbox.checkpoint"),
    *("UPDATE outbox.log SET origin = ''", "DELETE FROM outbox.log", "TRUNCATE outbox.log"),
    *("UPDATE outbox.unattested SET receipt_id = 0", "TRUNCATE outbox.unattested"),
)


def the_log_takes_no_other_row_and_loses_none(db: Connection) -> None:
    _quiet(db)
    journey.approved(db)
    assert attest(db) == 4
    journey.proposed(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    for statement in KEPT:
        assert raw(db, statement) == "history_is_only_added_to", statement


def everything_durable_leaves_a_receipt(db: Connection) -> None:
    Desk(db, actor="ada").arm(Site("staging"))
    Desk(db, actor="ada").arm(Site())
    claim = journey.permitted(db, Ledger(db, worker="worker-1"))
    kinds = ["persisted", "scored", "routed", "approved", "permit"]
    assert journey.kinds_of(db, claim.id) == kinds
    permit = "SELECT %s FROM outbox.receipt WHERE kind = 'permit'"
    told = {"actor": "worker-1", "role": "sender", "fence": claim.fence}
    for column, value in told.items():
        assert db.execute(permit.replace("%s", column).encode()).fetchall() == [(value,)]
    assert one(db, "SELECT digest FROM outbox.receipt WHERE kind = 'permit'") == claim.digest
    spent = (
        "SELECT count(*) FROM outbox.attempt JOIN outbox.receipt"
        " ON evidence - 'manifest'"
        "    = jsonb_build_object('approval', approval_id, 'attempt', attempt.id)"
        " JOIN outbox.receipt leave ON leave.kind = 'approved'"
        " AND leave.evidence -> 'approval' = to_jsonb(approval_id)"
    )
    assert one(db, spent) == 1


def the_switch_and_the_armings_are_receipted_by_name(db: Connection) -> None:
    _quiet(db)
    Desk(db, actor="bob").arm(Site("staging"))
    Desk(db, actor="ada").flip(Outbound.ON)
    rows = db.execute(
        "SELECT kind, role, actor, evidence FROM outbox.receipt WHERE intent_id IS NULL"
        " ORDER BY id DESC LIMIT 3"
    ).fetchall()
    on, epoch, off = [
        (*row[:3], row[3].get("outbound", row[3].get("environment"))) for row in rows
    ]
    assert on == ("switch", "human", "ada", True)
    assert epoch == ("epoch", "human", "bob", "staging")
    assert off == ("switch", "human", "bob", False)


def a_revocation_says_which_approval_and_why(db: Connection) -> None:
    intent = journey.approved(db)
    Desk(db, actor="ada").revoke(intent.id, reason="wrong customer")
    named = (
        "SELECT evidence -> 'approval' = (SELECT to_jsonb(max(id)) FROM outbox.approval)"
        " AND evidence ->> 'reason' = 'wrong customer'"
        " FROM outbox.receipt WHERE kind = 'revoked'"
    )
    assert one(db, named) is True


def a_late_outcome_says_that_it_is_late(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    late = journey.stranded(db, ledger)
    ledger.settle(late, State.SENT, kind="sent", evidence={"reply": "250"})
    told = "SELECT evidence - 'manifest' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    assert one(db, told) == {"reply": "250", "late": True}
    assert journey.state_of(db, late.id) == "sent"


def an_outcome_in_time_is_not_late(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={})
    told = "SELECT evidence - 'manifest' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    assert one(db, told) == {}


def each_receipt_is_logged_once_and_chained_in_its_order(db: Connection) -> None:
    _quiet(db)
    first, _ = journey.approved(db), journey.approved(db)
    assert attester(db).look() == 8
    Desk(db, actor="ada").revoke(first.id, reason="wrong customer")
    journey.stranded(db, Ledger(db, worker="worker-1"))
    assert attest(db) == one(db, "SELECT count(*) FROM outbox.receipt") - 8  # type: ignore[operator]
    assert one(db, "SELECT count(*) FROM outbox.unattested") == 0
    order = (
        "SELECT bool_and(number = due) FROM (SELECT leaf.number, row_number() OVER"
        " (PARTITION BY intent_id ORDER BY receipt_id) AS due FROM outbox.leaf"
        " JOIN outbox.receipt ON receipt.id = receipt_id"
        " AND coalesce(intent_id, 0) = chain) AS leaf"
    )
    assert one(db, order) is True
    assert one(db, "SELECT string_agg(DISTINCT key, ' ') FROM outbox.leaf") == OURS.key.name


def the_newest_checkpoint_sums_up_the_whole_log(db: Connection) -> None:
    _quiet(db)
    for _ in range(3):
        journey.approved(db)
        attest(db)
    [(note,)] = db.execute(
        "SELECT note FROM outbox.checkpoint WHERE size = (SELECT count(*) FROM outbox.leaf)"
    ).fetchall()
    said = checkpoint.opened(note, {OURS.key.name: OURS.key})
    rows = db.execute("SELECT statement FROM outbox.leaf ORDER BY index").fetchall()
    assert said.root == root_of([bytes(row[0]) for row in rows])
    assert said.size == len(rows) == one(db, "SELECT max(size) FROM outbox.checkpoint")
    assert re.fullmatch("holdshort/[0-9a-f-]{36}", said.log)


def _quiet(db: Connection) -> None:
    """Everything of before is in the log."""
    attest(db)


SCENES = (
    the_log_takes_no_other_row_and_loses_none,
    everything_durable_leaves_a_receipt,
    the_switch_and_the_armings_are_receipted_by_name,
    a_revocation_says_which_approval_and_why,
    a_late_outcome_says_that_it_is_late,
    an_outcome_in_time_is_not_late,
    each_receipt_is_logged_once_and_chained_in_its_order,
    the_newest_checkpoint_sums_up_the_whole_log,
)
