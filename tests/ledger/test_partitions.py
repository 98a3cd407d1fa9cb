"""The log of moves is kept in partitions: none is ever lacking, and old ones can leave."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from deploy.doctor.state import partitions as examined
from deploy.exporting import of_intent
from outbox.errors import Conflict, NotFound
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.partitions import WIDTH, archive, make, partitions
from outbox.queries import reader
from outbox.store import Connection, connect, refusals
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.receipts import OURS, attest
from tests.receipts.judging import said
from tests.relay.moving import Mover
from tests.relay.turning import published


def later(db: Connection, number: int) -> None:
    """From now on events have the numbers of that partition."""
    db.execute("SELECT setval('outbox.event_seq_seq', %s)", (number * WIDTH,))


def over(db: Connection) -> int:
    """An intent that is sent, and of which Kafka has every event."""
    claim = journey.permitted(db, Ledger(db, worker="worker-1"))
    Ledger(db, worker="worker-1").settle(claim, State.SENT, kind="sent", evidence={})
    published(db)
    return claim.id


def names(db: Connection) -> list[str]:
    return [one.name for one in partitions(db)]


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


def test_what_is_archived_is_in_a_file_that_a_receipt_names(
    db: Connection, tmp_path: Path
) -> None:
    id = over(db)
    later(db, 1)
    other = over(db)
    file = tmp_path / "events.csv"
    done = archive(db, 0, file, actor="ada")
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert (done.events, done.partition) == (len(rows), "event_0")
    assert done.sha256 == sha256(file.read_bytes()).hexdigest()
    assert {row["intent_id"] for row in rows} == {str(id)}
    [(told,)] = db.execute(
        "SELECT evidence FROM outbox.receipt WHERE kind = 'archived' AND actor = 'ada'"
    ).fetchall()
    assert told == {"partition": "event_0", "events": len(rows), "sha256": done.sha256}
    assert names(db)[0] == "event_1"
    assert {of for (of,) in db.execute("SELECT intent_id FROM outbox.event")} == {other}
    with pytest.raises(NotFound):
        archive(db, 0, tmp_path / "again.csv", actor="ada")


def test_receipts_verify_after_their_events_were_archived(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    before = over(db)
    attest(db)
    later(db, 1)
    file = str(tmp_path / "events.csv")
    done = holdshort("partitions", "archive", "0", "--out", file, "--by", "ada", dsn=dsn)
    assert (done.code, "DROP TABLE outbox.event_0" in done.out) == (0, True)
    db.execute("DROP TABLE outbox.event_0")
    after = over(db)
    attest(db)
    with reader(dsn).connect() as reading:
        for id in (before, after):
            assert said(of_intent(reading, id, OURS)).startswith("valid")
    listed = holdshort("partitions", "list", dsn=dsn)
    assert (listed.code, listed.out.startswith("event_1 ")) == (0, True)
    assert holdshort("partitions", "make", dsn=dsn).out == "made event_3\n"


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("in use", "the partition in use stays"),
        ("unpublished", "what kafka lacks is not archived"),
        ("waits", "only what is over is archived"),
    ],
)
def test_what_somebody_still_needs_is_not_archived(
    db: Connection, tmp_path: Path, what: str, why: str
) -> None:
    over(db)
    if what != "in use":
        if what == "waits":
            Mover(db).propose()
            published(db)
        else:
            db.execute("INSERT INTO outbox.unpublished (shard, seq) VALUES (1, 1)")
        later(db, 1)
    with pytest.raises(Conflict, match=why):
        archive(db, 0, tmp_path / "events.csv", actor="ada")
    assert list(tmp_path.iterdir()) == []
    assert names(db)[0] == "event_0"


def test_who_holds_events_open_puts_off_an_archive_and_senders_go_on(
    dsn: str, db: Connection
) -> None:
    over(db)
    later(db, 1)
    [(events,)] = db.execute("SELECT count(*) FROM outbox.event WHERE seq < %s", (WIDTH,))
    asked = "SELECT outbox.archive_partition(0, %s, 'd', 'ada')"
    with psycopg.connect(dsn) as holder:
        holder.execute("SELECT count(*) FROM outbox.event")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            db.execute(asked, (events,))
        assert over(db)
    assert db.execute(asked, (events,)).fetchall() == [("event_0",)]


def test_an_event_that_commits_after_the_export_is_not_lost(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    with psycopg.connect(dsn) as late:
        Mover(db).propose(late)
        later(db, 1)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            db.execute("SELECT outbox.archive_partition(0, 0, 'd', 'ada')")
    published(db)
    db.execute("UPDATE outbox.intent SET state = 'withdrawn', moved_by = 'human'")
    with pytest.raises(Conflict, match="an archive has every event"), refusals():
        db.execute("SELECT outbox.archive_partition(0, 0, 'd', 'ada')")


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
