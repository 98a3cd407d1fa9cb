"""Rows that the database itself refuses, whoever writes them and by which rule."""

from __future__ import annotations

from typing import LiteralString

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import one, raw
from tests.ledger.guards.wrong import ARTIFACT, WRONG
from tests.parts import journey

KEPT: dict[LiteralString, tuple[LiteralString, ...]] = {
    table: (
        f"UPDATE outbox.{table} SET intent_id = intent_id",
        f"DELETE FROM outbox.{table}",
        f"TRUNCATE outbox.{table} CASCADE",
    )
    for table in ("artifact", "receipt", "event", "attempt", "score")
} | {
    table: (f"DELETE FROM outbox.{table}", f"TRUNCATE outbox.{table} CASCADE")
    for table in ("intent", "approval")
}


def every_wrong_row_is_refused_by_name(db: Connection) -> None:
    _some_of_each(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement


def an_artifact_is_not_too_large(db: Connection) -> None:
    journey.proposed(db)
    too_large = (
        " SELECT max(id), 9, encode(outbox.hmac(sha256('x'), x), 'hex'), sha256('x'), x,"
        " 'eve' FROM outbox.intent,"
        " convert_to(repeat('x', 20971521), 'UTF8') AS x GROUP BY x"
    )
    assert raw(db, ARTIFACT + too_large) == "an_artifact_is_at_most_20_megabytes"


def history_is_only_added_to(db: Connection) -> None:
    _some_of_each(db)
    for statements in KEPT.values():
        for statement in statements:
            assert raw(db, statement) == "history_is_only_added_to", statement


def every_move_is_recorded_queued_and_stamped(db: Connection) -> None:
    _some_of_each(db)
    db.execute("UPDATE outbox.intent SET moved_at = now() - interval '1 day'")
    journey.let_leases_expire(db)
    Ledger(db, worker="sweeper-1").sweep()
    assert one(db, "SELECT moved_at = now() FROM outbox.intent WHERE state = 'stranded'")
    gaps = (
        "SELECT count(*) FROM (SELECT source, lag(target, 1, 'unborn') OVER one_life AS before"
        " FROM outbox.event WINDOW one_life AS (PARTITION BY intent_id ORDER BY seq)) AS life"
        " WHERE source <> before"
    )
    assert one(db, gaps) == 0
    assert one(db, "SELECT count(*) FROM outbox.event") == 20
    assert (
        one(db, "SELECT count(*) FROM outbox.event JOIN outbox.unpublished USING (seq)") == 20
    )


def _some_of_each(db: Connection) -> None:
    """One in flight, two approved, one awaiting a person after a revocation, one new."""
    journey.permitted(db, Ledger(db, worker="worker-1"))
    journey.approved(db)
    revoked = journey.approved(db)
    Desk(db, actor="ada").revoke(revoked.id, reason="wrong customer")
    journey.proposed(db)


SCENES = (
    every_wrong_row_is_refused_by_name,
    history_is_only_added_to,
    every_move_is_recorded_queued_and_stamped,
    an_artifact_is_not_too_large,
)
