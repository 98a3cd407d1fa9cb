"""Wherever an attester stops, the log is whole, and has each receipt once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import exporting
from outbox.failpoints import VARIABLE, Action, Point, Room
from outbox.queries import reader
from outbox.store import Connection
from schemas.receipts.checkpoint import last_note
from tests.failpoints.doomed import Forked, forked
from tests.parts import journey
from tests.parts.receipts import attest, pem_of
from tests.receipts.judging import said

POINTS = [point for point in Point if point.room is Room.ATTESTER]

Start = Callable[[Point], Forked]


@pytest.fixture
def start(dsn: str, tmp_path: Path, action: Action) -> Start:
    """Starts an attester that stops at this point."""
    key = tmp_path / "attest.pem"
    key.touch(mode=0o600)
    key.write_bytes(pem_of(b"\x01"))

    def starting(point: Point) -> Forked:
        settings = {
            "HOLDSHORT_DSN": dsn,
            "HOLDSHORT_LOOK_EVERY": "100ms",
            "HOLDSHORT_ATTEST_KEY_FILE": str(key),
            "HOLDSHORT_CHECKPOINTS": str(tmp_path / "checkpoints"),
            VARIABLE: f"{point}={action}{':100' if action is Action.SLEEP else ''}",
        }
        return forked("attester", {**os.environ, **settings}, tmp_path / f"{point}.log")

    return starting


@pytest.mark.parametrize("action", [Action.KILL, Action.RAISE, Action.STOP])
def test_wherever_an_attester_stops_the_log_is_whole_and_has_each_receipt_once(
    dsn: str, db: Connection, start: Start, action: Action, tmp_path: Path
) -> None:
    for point in POINTS:
        journey.approved(db)
        doomed = start(point)
        doomed.acts(point, action)
        doomed.goes_on_and_ends()
    attest(db, tmp_path / "checkpoints")

    [(receipts,)] = db.execute("SELECT count(*) FROM outbox.receipt").fetchall()
    [*_, (note,)] = db.execute("SELECT note FROM outbox.checkpoint ORDER BY size").fetchall()
    published = (tmp_path / "checkpoints").read_text("utf-8")
    with reader(dsn).connect() as connection:
        log = exporting.of_log(connection)
    assert len(log.receipts) == receipts == 4 * len(POINTS) + 2
    assert said(log, known=published).startswith("valid: log holdshort/")
    assert last_note(published) == log.note == note
    signatures = [line for line in published.splitlines() if line.startswith("\u2014")]
    assert len(set(signatures)) == len(signatures)
