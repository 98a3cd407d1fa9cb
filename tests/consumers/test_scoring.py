"""A score asks for scrutiny; whatever goes wrong asks for all of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from consumers import routing, scoring
from consumers.scorers import History
from consumers.scorers.history import Past
from consumers.scorers.rules import Rules
from outbox.claim import SCORE
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.results import Score
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import state_of

Answer = Callable[[History], Any]


@dataclass(frozen=True)
class Plugin:
    """A scorer as somebody else might write it."""

    answer: Answer
    name: str = "plugin"
    version: str = "7"

    def score(self, artifact: Artifact, history: History) -> Score:
        given: Score = self.answer(history)
        return given


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="scorer-1")


def gives(confidence: Any, *reasons: Any) -> Answer:
    return lambda _: Score(confidence=confidence, reasons=reasons, scorer="plugin", version="7")


def fails(_: History) -> Score:
    raise ValueError("cannot read ada@example.org")


def scored_by(answer: Answer, db: Connection, ledger: Ledger) -> tuple[float, list[str]]:
    """Score one mail with a plug-in; what was recorded."""
    journey.proposed(db)
    assert scoring.look(ledger, Plugin(answer), Past(db)) == 1
    return recorded(db)


def recorded(db: Connection) -> tuple[float, list[str]]:
    [(confidence, reasons)] = db.execute("SELECT confidence, reasons FROM outbox.score")
    return confidence, reasons


def foreign(db: Connection, content: bytes) -> int:
    """An intent whose bytes another language wrote, badly."""
    row = db.execute(
        "SELECT id FROM outbox.submit('key-of-others', 'others', 'email', %s)", (content,)
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("confidence", [math.nan, math.inf, -math.inf, 2.0, -0.1])
@pytest.mark.fault("7 scorer answers no confidence")
def test_an_answer_that_is_no_number_between_0_and_1_is_a_zero(
    confidence: float, db: Connection, ledger: Ledger
) -> None:
    assert scored_by(gives(confidence), db, ledger) == (
        0.0,
        ["the scorer gave no number between 0 and 1"],
    )


@pytest.mark.parametrize("answer", [fails, lambda _: None, gives("0.9"), gives(0.9, 17)])
def test_a_scorer_that_fails_is_a_zero_and_the_next_intent_is_scored(
    answer: Answer, db: Connection, ledger: Ledger
) -> None:
    confidence, reasons = scored_by(answer, db, ledger)

    assert confidence == 0.0
    assert "ada@example.org" not in "".join(reasons)
    journey.proposed(db)
    assert scoring.look(ledger, Plugin(gives(0.9)), Past(db)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b'{"\\u0000": 1}', b"[" * 9999]
)
def test_bytes_that_are_no_mail_go_to_review_with_the_reason(
    content: bytes, db: Connection, ledger: Ledger
) -> None:
    intent = foreign(db, content)

    scoring.look(ledger, Rules(), Past(db))
    routing.look(ledger, review_below=0.7)

    confidence, reasons = recorded(db)
    assert (confidence, state_of(db, intent)) == (0.0, "in_review")
    assert reasons[0].startswith("these bytes are not a mail: ")


def test_a_reason_that_the_database_cannot_hold_is_mended(
    db: Connection, ledger: Ledger
) -> None:
    assert scored_by(gives(0.5, "a\0b\ud800", "x" * 9999), db, ledger) == (
        0.5,
        ["ab?", "x" * 500],
    )


def test_a_score_is_bound_to_its_scorer_and_version(db: Connection, ledger: Ledger) -> None:
    scored_by(gives(0.25, "so so"), db, ledger)

    assert db.execute(
        "SELECT scorer, scorer_version, confidence FROM outbox.score"
    ).fetchall() == [("plugin", "7", 0.25)]


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

    assert scoring.look(ledger, Plugin(slow), Past(db)) == 1
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
        scoring.look(ledger, Plugin(interrupts_the_second()), Past(db))

    assert db.execute("SELECT count(*) FROM outbox.score").fetchall() == [(kept,)]


def test_nothing_to_score_reads_no_history(db: Connection, ledger: Ledger) -> None:
    class Unread(Past):
        def read(self) -> History:
            raise AssertionError

    assert scoring.look(ledger, Rules(), Unread(db)) == 0
