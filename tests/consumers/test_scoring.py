"""A score asks for scrutiny; whatever goes wrong asks for all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from consumers import routing, scoring
from consumers.scorers import History
from consumers.scorers.history import Past
from consumers.scorers.rooms.answers import storable
from consumers.scorers.rooms.panel import Rooms
from outbox.claim import SCORE
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.results import Score
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import state_of
from tests.parts.panels import Here

Answer = Callable[[History], Any]


@dataclass(frozen=True)
class Plugin:
    """A scorer that is asked in this very process."""

    answer: Answer
    name: str = "plugin"
    version: str = "7"

    def score(self, artifact: Artifact, history: History) -> Score:
        given: Score = self.answer(history)
        return given


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="scorer-1")


@pytest.fixture(scope="module")
def rooms() -> Iterator[Rooms]:
    with Rooms(("rules",), dt.timedelta(seconds=20)) as rooms:
        yield rooms


def gives(confidence: Any, *reasons: Any) -> Answer:
    return lambda _: Score(confidence=confidence, reasons=reasons, scorer="plugin", version="7")


def foreign(db: Connection, content: bytes) -> int:
    """An intent whose bytes another language wrote, badly."""
    row = db.execute(
        "SELECT id FROM outbox.submit('key-of-others', 'others', 'email', %s)", (content,)
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b'{"\\u0000": 1}', b"[" * 9999]
)
def test_bytes_that_are_no_mail_go_to_review_with_the_reason(
    content: bytes, db: Connection, ledger: Ledger, rooms: Rooms
) -> None:
    intent = foreign(db, content)

    scoring.look(ledger, rooms, Past(db))
    routing.look(ledger, review_below=0)

    [(holds, kinds, reasons)] = db.execute("SELECT holds, kinds, reasons FROM outbox.score")
    assert (holds, kinds, state_of(db, intent)) == (True, ["unreadable"], "in_review")
    assert reasons[0].startswith("these bytes are not a mail: ")


def test_a_reason_that_the_database_cannot_hold_is_mended() -> None:
    assert [*map(storable, ("a\0b\ud800", "x" * 9999))] == ["ab?", "x" * 500]


def test_whole_numbers_and_others_are_scored_together(db: Connection, ledger: Ledger) -> None:
    for _ in range(2):
        journey.proposed(db)
    first, second = ledger.claim(SCORE)

    kept = ledger.scores([(first, journey.a_score(1)), (second, journey.a_score(0.5))])

    assert kept == {first.id, second.id}


def test_a_scorer_that_was_swept_meanwhile_scores_nothing_and_goes_on(
    dsn: str, db: Connection, ledger: Ledger
) -> None:
    def slow(_: History) -> Score:
        with psycopg.connect(dsn, autocommit=True) as other:
            journey.let_leases_expire(other)
            Ledger(other, worker="sweeper-1").sweep()
        return journey.a_score(0.9)

    journey.proposed(db)

    assert scoring.look(ledger, Here(Plugin(slow)), Past(db)) == 1
    assert db.execute("SELECT count(*) FROM outbox.score").fetchall() == [(0,)]


def interrupts_the_second() -> Answer:
    answers = iter([gives(0.9)])

    def answer(history: History) -> Score:
        try:
            return next(answers)(history)  # type: ignore[no-any-return]
        except StopIteration:
            raise KeyboardInterrupt from None

    return answer


@pytest.mark.parametrize(("swept_before", "kept"), [(False, 0), (True, 1)])
def test_who_was_claimed_before_takes_nobody_else_along_again(
    db: Connection, ledger: Ledger, *, swept_before: bool, kept: int
) -> None:
    journey.proposed(db), journey.proposed(db)
    if swept_before:
        ledger.claim(SCORE)
        journey.let_leases_expire(db)
        ledger.sweep()

    with pytest.raises(KeyboardInterrupt):
        scoring.look(ledger, Here(Plugin(interrupts_the_second())), Past(db))

    assert db.execute("SELECT count(*) FROM outbox.score").fetchall() == [(kept,)]


def test_nothing_to_score_reads_no_history(
    db: Connection, ledger: Ledger, rooms: Rooms
) -> None:
    class Unread(Past):
        def read(self, ids: Collection[int] = ()) -> History:
            raise AssertionError

    assert scoring.look(ledger, rooms, Unread(db)) == 0
