"""Whatever becomes of a scorer, a person looks; it never approves anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from consumers import routing
from outbox.claim import SCORE
from outbox.desk import Desk
from outbox.errors import LeaseLost
from outbox.failpoints import VARIABLE, Point
from outbox.ledger import Ledger
from outbox.lifecycle import LEASES, State
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, Pipeline
from tests.parts import journey
from tests.parts.journey import a_score, mail, state_of

[LAW] = [lease for lease in LEASES if lease.state is State.SCORING]
HANGING = (sys.executable, "-m", "tests.faults.hanging")


def until_nobody_tries_again(db: Connection, one_dies: Callable[[], None]) -> int:
    """One mail, and as many scorers as the law allows: each dies of it, and is swept."""
    intent = journey.proposed(db)
    for _ in range(LAW.max_claims):
        one_dies()
        assert state_of(db, intent.id) == "scoring"
        journey.let_leases_expire(db)
        Ledger(db, worker="sweeper-1").sweep()
    return intent.id


def is_with_a_person_unscored(db: Connection, id: int) -> bool:
    assert db.execute("SELECT FROM outbox.score").fetchall() == []
    assert db.execute("SELECT FROM outbox.approval").fetchall() == []
    return state_of(db, id) == "in_review"


@pytest.mark.fault("7 scorer killed")
def test_what_its_scorer_dies_of_each_time_ends_with_a_person_unscored(
    pipeline: Pipeline, db: Connection
) -> None:
    def killed() -> None:
        scorer = pipeline.run.start("scorer", **{VARIABLE: Point.BEFORE_SCORE})
        assert scorer.ended(PATIENCE)

    id = until_nobody_tries_again(db, killed)

    assert is_with_a_person_unscored(db, id)


@pytest.mark.fault("7 scorer hangs")
def test_what_its_panel_hangs_at_each_time_ends_with_a_person_unscored(
    dsn: str, db: Connection
) -> None:
    said: list[subprocess.CompletedProcess[str]] = []

    def hangs() -> None:
        said.append(
            subprocess.run(
                [*HANGING, dsn], capture_output=True, text=True, timeout=60, check=False
            )
        )

    id = until_nobody_tries_again(db, hangs)

    assert is_with_a_person_unscored(db, id)
    assert {one.returncode for one in said} == {1}
    assert "Timeout (0:00:00.300000)!" in said[0].stderr
    assert "in judge" in said[0].stderr


@pytest.mark.fault("7 score of superseded bytes")
def test_a_score_of_bytes_that_were_edited_meanwhile_counts_for_nothing(
    db: Connection,
) -> None:
    seen, late = journey.proposed(db), Ledger(db, worker="late")
    [old] = late.claim(SCORE)
    journey.let_leases_expire(db)
    late.sweep()
    journey.score_and_route(db, confidence=0.9)
    edited = Desk(db, actor="ada").edit(
        seen.id, mail("Other bytes"), digest=journey.seen(db, seen.id)
    )
    [new] = Ledger(db, worker="scorer-2").claim(SCORE)

    with pytest.raises(LeaseLost):
        late.score(old, a_score(1.0))
    Ledger(db, worker="scorer-2").score(new, a_score(0.1))
    routing.look(late, review_below=0.5)

    scores = db.execute("SELECT digest, confidence FROM outbox.score ORDER BY id").fetchall()
    assert scores == [(seen.digest, 0.9), (edited.digest, 0.1)]
    assert state_of(db, seen.id) == "in_review"
