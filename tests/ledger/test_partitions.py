"""The log of moves is kept in partitions: none is ever lacking, and old ones can leave."""

from __future__ import annotations

import psycopg
import pytest

from deploy.doctor.state import partitions as examined
from outbox.partitions import WIDTH, make
from outbox.store import Connection, connect
from tests.ledger.guards.parting import later, names, over
from tests.parts.logins import logins_of
from tests.relay.moving import Mover
from tests.relay.turning import published


def in_the_rest(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.event_rest").fetchall()
    return int(count)


def test_the_next_events_always_have_a_partition(dsn: str, db: Connection) -> None:
    assert names(db) == ["event_0", "event_1", "event_2", "event_rest"]
    later(db, 2)
    with connect(logins_of(dsn)["sweeper"], application="tests") as sweeper:
        assert make(sweeper) == ["event_3", "event_4"]
        assert make(sweeper) == []
    Mover(db).propose()
    assert in_the_rest(db) == 0


def test_no_move_is_refused_for_want_of_a_partition(db: Connection) -> None:
    later(db, 7)
    id = Mover(db).propose()
    assert in_the_rest(db) == 1
    assert not examined(db).ok
    assert make(db) == ["event_8", "event_9"], "what is in the rest stays there"
    Mover(db).to_and_fro(id)
    assert published(db) == 3


def test_who_looks_at_events_puts_off_a_partition_and_keeps_nobody_waiting(
    dsn: str, db: Connection
) -> None:
    later(db, 1)
    with psycopg.connect(dsn) as reader:
        reader.execute("SELECT count(*) FROM outbox.event")
        assert make(db) == []
        assert Mover(db).propose()
    assert make(db) == ["event_3"]


def test_nobody_writes_past_the_guards_of_the_table_into_a_partition(db: Connection) -> None:
    over(db)
    later(db, 7)
    Mover(db).propose()
    for table in ("event_0", "event_rest"):
        for write in (
            f"DELETE FROM outbox.{table}",
            f"UPDATE outbox.{table} SET role = 'human'",
            f"TRUNCATE outbox.{table}",
            f"INSERT INTO outbox.{table} OVERRIDING SYSTEM VALUE SELECT * FROM outbox.{table}",
        ):
            with pytest.raises(psycopg.errors.IntegrityError, match="is refused"):
                db.execute(write.encode())


def test_an_event_is_looked_up_in_its_own_partition_alone(db: Connection) -> None:
    later(db, 1)
    Mover(db).propose()
    asked = "EXPLAIN SELECT FROM outbox.event WHERE seq = %s"
    plan = db.execute(asked, (WIDTH + 1,)).fetchall()
    assert "event_1" in str(plan)
    assert "event_0" not in str(plan)
    assert "event_rest" not in str(plan)
