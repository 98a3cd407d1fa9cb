"""Scenes of what people decide: each is counted once, beside what was said of these bytes."""

from __future__ import annotations

from outbox import Intent
from outbox.claim import SCORE, SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.reasons import Because
from outbox.results import Score
from outbox.store import Connection
from tests.ledger.guards.answers import one
from tests.ledger.guards.granting import under
from tests.ledger.guards.weighing import said
from tests.parts import journey, policies
from tests.parts.granting import given
from tests.parts.journey import SECOND
from tests.parts.receipts import attest


def weighed(db: Connection, *scores: Score) -> Intent:
    """An intent of which these things were said, where a person decides."""
    intent = journey.proposed(db)
    score(db, *scores)
    return intent


def score(db: Connection, *scores: Score) -> None:
    ledger = Ledger(db, worker="scorer-1")
    [claim] = ledger.claim(SCORE)
    ledger.scores([(claim, one) for one in scores])
    ledger.route(threshold=0.5)


def decide(db: Connection, id: int, kind: str) -> None:
    """`reject`, `send_back`, or `edit`, by a person."""
    desk, digest = Desk(db, actor="carol"), journey.seen(db, id)
    match kind:
        case "edit":
            desk.edit(id, journey.mail(subject="Another"), digest=digest)
        case "reject":
            desk.reject(id, digest=digest, because=Because.OTHER, reason="no")
        case _:
            desk.send_back(id, digest=digest, because=Because.OTHER, reason="no")


def counted(db: Connection) -> list[str]:
    """What stands in the table, once everything is in the log; all together is `all`."""
    attest(db)
    rows = db.execute(
        "SELECT concat_ws(' ', coalesce(nullif(scorer, ''), 'all'), nullif(version, ''),"
        " CASE WHEN held THEN 'held' END, hundredth || ':', approved, 'of', decided,"
        " round(confidences::numeric, 2), round(squares::numeric, 4))"
        " FROM outbox.calibration WHERE decided <> 0 ORDER BY 1"
    ).fetchall()
    return [str(row[0]) for row in rows]


def a_yes_and_a_no_are_counted_beside_what_each_scorer_said(db: Connection) -> None:
    yes = weighed(db, said("a", 0.9), said("b", 0.29))
    journey.approve(db, yes.id)
    assert counted(db) == [
        "a 1 90: 1 of 1 0.90 0.0100",
        "all 29: 1 of 1 0.29 0.5041",
        "b 1 29: 1 of 1 0.29 0.5041",
    ]
    for kind in ("reject", "send_back"):
        decide(db, weighed(db, said("a", 0.9), said("b", 1)).id, kind)
    assert counted(db) == [
        "a 1 90: 1 of 3 2.70 1.6300",
        "all 29: 1 of 1 0.29 0.5041",
        "all 90: 0 of 2 1.80 1.6200",
        "b 1 100: 0 of 2 2.00 2.0000",
        "b 1 29: 1 of 1 0.29 0.5041",
    ]


EDITED_AND_APPROVED = [
    "a 1 70: 1 of 1 0.70 0.0900",
    "a 1 80: 0 of 1 0.80 0.6400",
    "all 70: 1 of 1 0.70 0.0900",
    "all 80: 0 of 1 0.80 0.6400",
]


def whoever_edits_says_no_to_what_was_there_and_the_new_is_judged_anew(db: Connection) -> None:
    intent = weighed(db, said("a", 0.8))
    decide(db, intent.id, "edit")
    assert counted(db) == ["a 1 80: 0 of 1 0.80 0.6400", "all 80: 0 of 1 0.80 0.6400"]
    score(db, said("a", 0.7))
    journey.approve(db, intent.id)
    assert counted(db) == EDITED_AND_APPROVED


def what_is_told_late_is_counted_no_otherwise(db: Connection) -> None:
    intent = weighed(db, said("a", 0.8))
    decide(db, intent.id, "edit")
    score(db, said("a", 0.7))
    journey.approve(db, intent.id)
    assert counted(db) == EDITED_AND_APPROVED


def an_agent_that_edits_and_a_grant_decide_nothing(db: Connection) -> None:
    own = weighed(db, said("a", 0.8))
    agent = Desk(db, actor="billing", role=Role.AGENT)
    agent.edit(own.id, journey.mail(subject="Another"), digest=journey.seen(db, own.id))
    granted = journey.awaiting(db)
    assert under(db, (granted, given(db))) == [granted.id]
    assert counted(db) == []
    words = "SELECT count(*) FROM outbox.receipt WHERE outbox.is_first_word(receipt)"
    assert one(db, words) == 0


def a_yes_that_is_taken_back_is_no_word(db: Connection) -> None:
    intent = weighed(db, said("a", 0.8))
    for _ in range(2):  # told in one look of the attester, and in two
        journey.approve(db, intent.id)
        Desk(db, actor="ada").revoke(intent.id, reason="a slip")
        assert counted(db) == []
    journey.approve(db, intent.id)
    assert len(counted(db)) == 2
    Desk(db, actor="ada").revoke(intent.id, reason="another")
    assert counted(db) == []
    decide(db, intent.id, "reject")
    assert counted(db) == ["a 1 80: 0 of 1 0.80 0.6400", "all 80: 0 of 1 0.80 0.6400"]


def only_the_first_word_counts(db: Connection) -> None:
    """What the other side refuses was approved all the same."""
    other = weighed(db, said("a", 0.8))
    journey.approve(db, other.id)
    journey.switch_on(db)
    [claim] = (ledger := Ledger(db, worker="worker-1")).claim(SEND)
    ledger.permit(claim, enough=SECOND)
    ledger.settle(claim, State.IN_REVIEW, kind="refused", evidence={})
    journey.approve(db, other.id)
    yes = ["a 1 80: 1 of 1 0.80 0.0400", "all 80: 1 of 1 0.80 0.0400"]
    assert counted(db) == yes
    Desk(db, actor="ada").revoke(other.id, reason="the address is dead")
    assert counted(db) == yes
    decide(db, other.id, "reject")
    assert counted(db) == yes


def who_is_silent_has_said_nothing_and_all_together_neither(db: Connection) -> None:
    silent = said("b", 0, holds=True, kinds=("unscored",))
    journey.approve(db, weighed(db, said("a", 0.8), silent).id)
    assert counted(db) == ["a 1 80: 1 of 1 0.80 0.0400"]
    policies.put(db, scoring={"shadows": ["b"]})
    journey.approve(db, weighed(db, said("a", 0.7), silent).id)
    assert counted(db) == [
        "a 1 70: 1 of 1 0.70 0.0900",
        "a 1 80: 1 of 1 0.80 0.0400",
        "all 70: 1 of 1 0.70 0.0900",
    ]


def what_is_held_is_counted_apart(db: Connection) -> None:
    journey.approve(db, weighed(db, said("a", 0.8), said("b", 0.9, holds=True)).id)
    assert counted(db) == [
        "a 1 80: 1 of 1 0.80 0.0400",
        "all held 80: 1 of 1 0.80 0.0400",
        "b 1 held 90: 1 of 1 0.90 0.0100",
    ]


def the_last_that_a_scorer_said_of_these_bytes_counts(db: Connection) -> None:
    intent = journey.proposed(db)
    score(db, said("a", 0.1))
    db.execute(
        "UPDATE outbox.intent SET state = 'submitted', moved_by = 'human' WHERE id = %s",
        (intent.id,),
    )
    score(db, said("a", 0.8))
    journey.approve(db, intent.id)
    assert counted(db)[0] == "a 1 80: 1 of 1 0.80 0.0400"


def days_are_kept_apart(db: Connection) -> None:
    journey.approve(db, weighed(db, said("a", 0.8)).id)
    counted(db)
    day = "SELECT DISTINCT day = date_trunc('day', now(), 'UTC') FROM outbox.calibration"
    assert one(db, day)


SCENES = (
    a_yes_and_a_no_are_counted_beside_what_each_scorer_said,
    whoever_edits_says_no_to_what_was_there_and_the_new_is_judged_anew,
    what_is_told_late_is_counted_no_otherwise,
    an_agent_that_edits_and_a_grant_decide_nothing,
    a_yes_that_is_taken_back_is_no_word,
    only_the_first_word_counts,
    who_is_silent_has_said_nothing_and_all_together_neither,
    what_is_held_is_counted_apart,
    the_last_that_a_scorer_said_of_these_bytes_counts,
    days_are_kept_apart,
)
