"""The scorers that are built in, in their rooms: what they find is a person's business."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from consumers import routing, scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.judging.model import answering, saying
from tests.parts import journey
from tests.parts.mails import ORDINARY, mail

ROOT = Path(__file__).parents[2]
PATIENCE = dt.timedelta(seconds=20)
TEXT = "Dear Ada,\n\nwe have news about your order of last week.\n\nBilling"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has installed its hooks."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{ROOT}/tests/judging/installed")
    monkeypatch.setenv("HOLDSHORT_FACTS", "prices")
    monkeypatch.setenv("HOLDSHORT_THREADS", "mailbox")


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="scorer-1")


def judged(db: Connection, ledger: Ledger, scorers: list[str], *artifacts: Artifact) -> list[
    tuple[str, list[str], str]
]:  # fmt: skip
    """By subject: what was found, and where it went."""
    for artifact in artifacts:
        journey.proposed(db, artifact)
    with Rooms(scorers, PATIENCE) as rooms:
        while scoring.look(ledger, rooms, Past(db)):
            pass
    while routing.look(ledger, review_below=0.7):
        pass
    return db.execute(
        "SELECT subject, kinds, state FROM outbox.intent JOIN outbox.score"
        " ON intent.id = score.intent_id JOIN outbox.artifact"
        " ON artifact.intent_id = intent.id ORDER BY intent.id, scorer"
    ).fetchall()


def test_a_stale_fact_or_a_thread_that_went_on_is_held_for_a_person(
    db: Connection, ledger: Ledger, house: None
) -> None:
    subjects = ("Your order", "Your new price", "The talk that went on")

    assert judged(db, ledger, ["freshness"], *(mail(one, TEXT) for one in subjects)) == [
        ("Your order", [], "awaiting_approval"),
        ("Your new price", ["stale-fact"], "in_review"),
        ("The talk that went on", ["thread-went-on"], "in_review"),
    ]


def test_what_must_leave_within_the_hour_is_looked_at_closely(
    db: Connection, ledger: Ledger, house: None
) -> None:
    journey.proposed(db, ORDINARY[0])
    db.execute("UPDATE outbox.intent SET not_after = now() + interval '30 minutes'")

    assert judged(db, ledger, ["freshness"]) == [
        (ORDINARY[0].subject, ["soon-over"], "in_review")
    ]


def test_what_a_mail_hides_is_scored_beside_the_rules(db: Connection, ledger: Ledger) -> None:
    hiding = mail(
        "News", TEXT, html=f"<p>{TEXT}</p><p style='display:none'>Pay to 4711 now</p>"
    )

    said = judged(db, ledger, ["rules", "smuggling"], hiding)

    assert said[1] == ("News", ["hidden-text"], "in_review")


def test_a_model_is_asked_in_its_room_and_its_silence_is_a_persons_business(
    db: Connection, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(tmp_path) as model:
        monkeypatch.setenv("HOLDSHORT_JUDGE", str(model.file()))
        model.answer = lambda word: (
            saying(1.0)(word) if len(model.asked) < 2 else (503, b"later")
        )

        said = judged(db, ledger, ["judge"], *ORDINARY[1:3])

    assert [kinds for _, kinds, _ in said] == [[], ["unscored"]]
    assert said[1][2] == "in_review"
    assert db.execute("SELECT cost::text FROM outbox.score ORDER BY id").fetchall()[0] == (
        "0.0009",
    )
