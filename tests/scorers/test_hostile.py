"""A thousand ways to misbehave, and no way to an approval, nor out of review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from consumers import routing, scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox import Proposal
from outbox.ledger import Ledger
from outbox.store import Connection
from outbox.submit import submit_each
from tests.parts import journey
from tests.plugins.behaviours import BEHAVIOURS

PATIENCE = dt.timedelta(seconds=2)
CALM = 0.5
"""What our rules give all of these; so what is in review is there for the hostile one."""
MANY = 100


@pytest.fixture(scope="module")
def rooms(plugins: None) -> Iterator[Rooms]:
    with Rooms(("hostile", "rules"), PATIENCE) as rooms:
        yield rooms


def judged(db: Connection, rooms: Rooms, subjects: list[str]) -> dict[str, str]:
    """The state of a mail of each subject once it was scored and routed."""
    named = {subject: journey.mail(subject) for subject in subjects}
    proposed = submit_each(
        db,
        [Proposal(artifact=mail, key=key, producer="tests") for key, mail in named.items()],
    )
    ledger, past = Ledger(db, worker="scorer-1"), Past(db)
    while scoring.look(ledger, rooms, past, scoring.patient(PATIENCE)):
        pass
    while routing.look(ledger, review_below=CALM):
        pass
    return {
        subject: journey.state_of(db, intent.id)
        for subject, intent in zip(subjects, proposed, strict=True)
    }


def test_there_are_a_thousand_and_each_has_a_name_of_its_own() -> None:
    assert len({behaviour.name for behaviour in BEHAVIOURS}) == len(BEHAVIOURS) >= 1000


def test_but_for_its_behaviour_none_of_these_mails_would_be_in_review(
    db: Connection, rooms: Rooms
) -> None:
    assert judged(db, rooms, ["Your invoice"]) == {"Your invoice": "awaiting_approval"}


@pytest.mark.fault("7 scorer answers no confidence")
@pytest.mark.parametrize("first", range(0, len(BEHAVIOURS), MANY))
def test_whatever_a_scorer_does_a_person_looks_and_the_others_are_heard(
    db: Connection, rooms: Rooms, first: int
) -> None:
    numbers = range(first, min(first + MANY, len(BEHAVIOURS)))

    states = judged(db, rooms, [*map(str, numbers)])

    out = {BEHAVIOURS[int(n)].name for n, state in states.items() if state != "in_review"}
    assert out == set()
    assert db.execute("SELECT FROM outbox.approval").fetchall() == []
    counted = "SELECT scorer, count(*) FROM outbox.score GROUP BY scorer ORDER BY scorer"
    many = len(numbers)
    assert db.execute(counted).fetchall() == [("hostile", many), ("rules", many)]
    unheard = "SELECT FROM outbox.score WHERE scorer = 'rules' AND confidence < %s"
    assert db.execute(unheard, (CALM,)).fetchall() == []
    high = (
        "SELECT FROM outbox.score WHERE scorer = 'hostile' AND confidence >= %s AND NOT holds"
    )
    assert db.execute(high, (CALM,)).fetchall() == []
