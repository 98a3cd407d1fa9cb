"""Every order of crash, pause, late bytes, late replies and people: never sent twice."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest

from outbox.lifecycle import MOVES, Move, Role, State
from tests.model.invariants import BOOKED, one_effect
from tests.model.search import Found, Setting, search
from tests.model.world import APPROVED, Bytes, Rule, Rules

ALL = frozenset(Rule)
MACHINES = (Role.SCORER, Role.ROUTER, Role.GRANTER, Role.SENDER, Role.SWEEPER)
BY_MACHINES = frozenset(move for move in MOVES if move.by in MACHINES)
MAY_HAVE_LEFT = (State.RELEASING, State.STRANDED, State.SENT)
AGAIN = Move(State.RELEASING, State.APPROVED, Role.SWEEPER)
"""The row that a machine would need to send twice."""


@pytest.fixture(scope="module")
def whole() -> Found:
    return search(Setting())


def one_effect_of(*, moves: frozenset[Move] = MOVES, rules: Rules = ALL) -> Found:
    """Search from one approval on for a second effect and nothing else."""
    return search(Setting(start=APPROVED, moves=moves, rules=rules, invariants=(one_effect,)))


def test_in_every_world_that_can_be_reached_every_invariant_holds(whole: Found) -> None:
    assert whole.broken == "", [step.what for step in whole.trace]


def test_the_proof_is_not_empty_and_every_row_of_the_law_was_taken(whole: Found) -> None:
    assert whole.used == MOVES
    assert whole.worlds > 10_000


def test_machines_alone_make_no_second_effect_even_without_any_rule_but_the_law() -> None:
    found = one_effect_of(moves=BY_MACHINES, rules=frozenset())

    assert found.broken == ""
    assert Move(State.RELEASING, State.SENT, Role.SENDER) in found.used


@pytest.mark.parametrize(
    ("rule", "broken", "steps"),
    [
        (Rule.A_PERMIT_NAMES_ITS_FENCE, "on_the_books", 7),
        (Rule.A_PERMIT_NEEDS_A_LIVE_APPROVAL, "approved_bytes", 5),
        (Rule.A_VERDICT_NAMES_ITS_FENCE, "on_the_books", 7),
        (Rule.SENT_NEEDS_THE_SERVERS_YES, "sent_is_true", 4),
        (Rule.NOT_SENT_WAITS_FOR_THE_BYTES, "on_the_books", 6),
        (Rule.NOT_SENT_WAITS_FOR_THE_WORKER, "on_the_books", 6),
        (Rule.A_PERSON_SAYS_WHAT_IS_THERE, "sent_is_true", 4),
    ],
)
def test_without_one_of_its_rules_it_goes_wrong(rule: Rule, broken: str, steps: int) -> None:
    found = search(Setting(start=APPROVED, rules=ALL - {rule}))

    assert (found.broken, len(found.trace)) == (broken, steps)


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (Rule.A_PERMIT_NAMES_ITS_FENCE, 12),
        (Rule.A_VERDICT_NAMES_ITS_FENCE, 12),
        (Rule.NOT_SENT_WAITS_FOR_THE_BYTES, 11),
        (Rule.NOT_SENT_WAITS_FOR_THE_WORKER, 11),
        (Rule.A_PERSON_SAYS_WHAT_IS_THERE, 11),
    ],
)
def test_without_these_rules_a_mail_is_sent_twice(rule: Rule, steps: int) -> None:
    found = one_effect_of(rules=ALL - {rule})

    assert (found.broken, len(found.trace)) == ("one_effect", steps)


def test_without_quiescence_the_double_send_is_told_step_by_step() -> None:
    found = one_effect_of(rules=ALL - {Rule.NOT_SENT_WAITS_FOR_THE_BYTES})

    assert [step.what for step in found.trace] == [
        "sender 1 claims it",
        "sender 1 gets its permit",
        "the lease runs out: stranded",
        "sender 1 writes the last bytes",
        "a person finds nothing: not sent",
        "a person approves it",
        "sender 2 claims it",
        "sender 2 gets its permit",
        "sender 2 writes the last bytes",
        "the bytes of attempt 1 are accepted",
        "the bytes of attempt 2 are accepted",
    ]
    assert [a.bytes for a in found.trace[-1].world.attempts] == [Bytes.ACCEPTED] * 2


def test_from_its_birth_on_the_double_send_takes_four_steps_more() -> None:
    rules = ALL - {Rule.NOT_SENT_WAITS_FOR_THE_BYTES}

    found = search(Setting(rules=rules, invariants=(one_effect,)))

    assert len(found.trace) == 15


def test_every_row_that_lets_the_sweeper_touch_what_may_have_left_is_caught() -> None:
    elsewhere = [state for state in State if state not in (*BOOKED, State.UNBORN)]
    wrong = [Move(*row, Role.SWEEPER) for row in product(MAY_HAVE_LEFT, elsewhere)]

    missed = [row for row in wrong if not search(_with(row)).broken]

    assert len(wrong) == 30
    assert missed == []


def test_a_row_by_which_a_sender_could_put_off_what_it_may_have_sent_is_caught() -> None:
    row = Move(State.RELEASING, State.APPROVED, Role.SENDER)

    assert search(_with(row)).broken == "on_the_books"


@pytest.mark.parametrize("source", MAY_HAVE_LEFT)
def test_a_row_that_lets_a_person_send_again_without_quiescence_is_caught(
    source: State,
) -> None:
    row = Move(source, State.APPROVED, Role.HUMAN)

    assert one_effect_of(moves=MOVES | {row}).broken == "one_effect"


def test_the_law_and_the_spent_approval_are_two_locks_on_one_door() -> None:
    bad_law = BY_MACHINES | {AGAIN}
    bad_approval = ALL - {Rule.AN_APPROVAL_IS_SPENT_ONCE}

    assert one_effect_of(moves=bad_law).broken == ""
    assert one_effect_of(rules=bad_approval).broken == ""
    assert one_effect_of(moves=bad_law, rules=bad_approval).broken == "one_effect"


def test_the_search_finds_the_same_trace_again() -> None:
    rules = ALL - {Rule.A_VERDICT_NAMES_ITS_FENCE}

    assert one_effect_of(rules=rules).trace == one_effect_of(rules=rules).trace


def test_the_model_prints_what_it_found() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.model"], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert "with the law and every rule: nothing is broken" in done.stdout
    assert done.stdout.rstrip().endswith("2 arrived")


def _with(row: Move) -> Setting:
    return Setting(start=APPROVED, moves=MOVES | {row})
