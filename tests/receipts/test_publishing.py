"""What is signed of the log is published outside the database, and never contradicted."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy

from consumers.checkpoints import Checkpoints
from deploy import exporting
from deploy.bench.flat.rewriting import rewriting
from outbox.errors import Conflict
from outbox.store import Connection
from schemas.receipts import checkpoint
from schemas.receipts.checkpoint import Checkpoint
from tests.parts import journey
from tests.parts.receipts import OURS, attest, attester
from tests.receipts.judging import said
from tests.receipts.lives import sent


def test_a_checkpoint_that_a_crash_has_prevented_is_made_later(db: Connection) -> None:
    sent(db)
    attest(db)
    db.execute("ALTER TABLE outbox.checkpoint DISABLE TRIGGER USER")
    db.execute("DELETE FROM outbox.checkpoint")

    assert attester(db).look() == 0
    [(size,)] = db.execute("SELECT size FROM outbox.checkpoint").fetchall()
    assert size == 9


def test_every_checkpoint_is_published_outside_before_it_is_kept(
    db: Connection, tmp_path: Path
) -> None:
    outside = tmp_path / "checkpoints"
    for _ in range(3):
        sent(db)
        attest(db, outside)

    rows = db.execute("SELECT note FROM outbox.checkpoint ORDER BY size").fetchall()
    assert outside.read_text("utf-8") == "".join(row[0] for row in rows)


def test_half_a_checkpoint_in_the_file_spoils_none(db: Connection, tmp_path: Path) -> None:
    outside = tmp_path / "checkpoints"
    sent(db)
    attest(db, outside)
    whole = outside.read_text("utf-8")
    outside.write_text(whole + whole[:60], encoding="utf-8")
    sent(db)
    attest(db, outside)

    [*_, (note,)] = db.execute("SELECT note FROM outbox.checkpoint ORDER BY size").fetchall()
    assert outside.read_text("utf-8") == whole + whole[:60] + "\n" + note


@pytest.mark.parametrize("before", range(0, 200, 9))
def test_the_last_of_many_checkpoints_is_found_at_the_end_of_the_file(
    tmp_path: Path, before: int
) -> None:
    notes = [checkpoint.note(Checkpoint("holdshort/a", n, bytes(32)), OURS) for n in range(600)]
    outside = tmp_path / "checkpoints"
    outside.write_text("x" * before + "\n" + "".join(notes) + notes[0][:60], "utf-8")

    assert Checkpoints(outside).last() == notes[-1]


@pytest.mark.fault("22 log rolled back")
def test_a_log_that_was_rolled_back_is_not_signed_again(
    dsn: str, db: Connection, look: sqlalchemy.Connection, tmp_path: Path
) -> None:
    outside = tmp_path / "checkpoints"
    sent(db)
    attest(db, outside)
    before = outside.read_text("utf-8")
    rolled_back(db)
    journey.proposed(db)

    with pytest.raises(Conflict, match="does not continue the checkpoint"):
        attest(db, outside)

    assert outside.read_text("utf-8") == before
    attest(db)
    verdict = said(exporting.of_log(look), known=before)
    assert verdict.startswith("invalid: checkpoint: the log had 9 receipts, and now has")


def test_while_the_log_contradicts_what_was_published_no_receipt_is_signed(
    db: Connection, tmp_path: Path
) -> None:
    outside = tmp_path / "checkpoints"
    sent(db)
    attest(db, outside)
    rolled_back(db)
    at_work = attester(db, outside)

    for _ in range(2):
        journey.proposed(db)
        with pytest.raises(Conflict, match="does not continue the checkpoint"):
            at_work.look()

    assert db.execute("SELECT count(*) FROM outbox.leaf").fetchall() == [(4,)]


def rolled_back(db: Connection) -> None:
    """As if a backup had been restored: the last receipts were never in the log."""
    with rewriting(db, "leaf", "node", "checkpoint"):
        db.execute("DELETE FROM outbox.leaf WHERE index >= 4")
        db.execute("DELETE FROM outbox.node WHERE (index + 1) << level::int > 4")
        db.execute("DELETE FROM outbox.checkpoint")
