"""Old moves leave the database by a person's word: whole, receipted, and nobody waits."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from deploy.exporting import of_intent
from outbox.errors import Conflict, NotFound
from outbox.partitions import WIDTH, archive
from outbox.queries import reader
from outbox.store import Connection, connect, refusals
from tests.deploy.command import holdshort
from tests.ledger.guards.parting import later, names, over
from tests.parts.receipts import OURS, attest
from tests.parts.waiting import wait_until
from tests.receipts.judging import said
from tests.relay.hearing import SOON
from tests.relay.moving import Mover
from tests.relay.turning import published


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


def test_an_archive_waits_for_its_moment_and_comes_back(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    over(db)
    later(db, 1)
    with psycopg.connect(dsn) as holder, connect(dsn, application="archive") as hands:
        holder.execute("SELECT count(*) FROM outbox.event")
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(archive, hands, 0, tmp_path / "events.csv", actor="ada")
            wait_until(lambda: _was_refused(db), SOON, "it has given up once")
            holder.rollback()
            assert done.result().partition == "event_0"


def _was_refused(db: Connection) -> bool:
    """Whether the archive is between two tries: it has asked, and holds nothing."""
    asked = (
        "SELECT FROM pg_stat_activity WHERE application_name = 'archive'"
        " AND datname = current_database() AND state = 'idle'"
        " AND query LIKE '%archive_partition%'"
    )
    return bool(db.execute(asked).fetchall())


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
