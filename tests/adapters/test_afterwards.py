"""What an agent does with what it has proposed, and what it is told of it."""

from __future__ import annotations

import pytest

from outbox.adapters.saying import SENTENCES
from outbox.adapters.tools import Refused
from outbox.adapters.ways import Way
from outbox.lifecycle import State
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, call, offered, standing
from tests.parts import journey


def test_it_is_told_a_no_and_why(either: Way, db: Connection) -> None:
    call(either, "propose_intent", **NAMED)
    journey.score_and_route(db)
    journey.send_back(db, 1)

    answer = standing(call(either, "get_intent", intent=1))

    assert answer.state is State.SENT_BACK
    assert f"because {answer.because}: {answer.reason}" in answer.said
    assert "Write version 2 with edit_intent" in answer.said


def test_what_was_sent_back_is_edited_and_held_again(either: Way, db: Connection) -> None:
    call(either, "propose_intent", **NAMED)
    journey.score_and_route(db)
    journey.send_back(db, 1)
    better = {**MAIL, "text": "Dear Ada, it is ready."}

    answer = standing(call(either, "edit_intent", intent=1, version=1, artifact=better))

    assert (answer.state, answer.version) == (State.SUBMITTED, 2)
    with pytest.raises(Refused, match="is version 2 by now"):
        call(either, "edit_intent", intent=1, version=1, artifact=MAIL)


def test_it_lists_its_own_and_nobody_elses(either: Way, db: Connection) -> None:
    assert call(either, "list_intents").said == "You have proposed nothing."
    journey.proposed(db)
    call(either, "propose_intent", **NAMED)

    said = call(either, "list_intents").said

    assert said.splitlines() == [
        f"key invoice-7: {HELD.replace('1', '2')} Do not send it"
        " another way; ask with get_intent."
    ]
    with pytest.raises(Refused, match="you have not proposed an intent 1"):
        call(either, "get_intent", intent=1)


def test_a_long_list_says_how_to_go_on(way: Way) -> None:
    for number in range(22):
        call(way, "propose_intent", **{**NAMED, "key": f"invoice-{number}"})

    first = call(way, "list_intents")
    rest = call(way, "list_intents", before=3)

    assert first.said.endswith("There are more: list those before 3.")
    assert len(rest.said.splitlines()) == 2


def test_it_takes_back_what_has_not_left_and_nothing_else(either: Way, db: Connection) -> None:
    call(either, "propose_intent", **NAMED)

    taken_back = standing(call(either, "withdraw_intent", intent=1, reason="paid meanwhile"))

    assert taken_back.said == "not sent, and it will not be: intent 1 was taken back."
    with pytest.raises(Refused, match="See where it stands"):
        call(either, "withdraw_intent", intent=1, reason="once more")


def test_who_waits_is_told_as_soon_as_a_person_has_decided(either: Way, db: Connection) -> None:
    call(either, "propose_intent", **NAMED)

    def a_person_decides(seconds: float) -> None:
        journey.score_and_route(db)
        journey.approve(db, 1)

    wait = offered(either, pause=a_person_decides)["wait_for_decision"]
    answer = standing(wait({"intent": 1, "seconds": 300}))

    assert answer.said.startswith("not sent yet: a person has approved intent 1")


def test_who_waits_in_vain_is_told_that_it_is_held(either: Way) -> None:
    call(either, "propose_intent", **NAMED)
    waited: list[float] = []

    wait = offered(either, pause=waited.append)["wait_for_decision"]
    answer = standing(wait({"intent": 1, "seconds": 3}))

    assert answer.said.startswith(HELD)
    assert sum(waited) == 3


def test_every_state_that_an_intent_can_be_in_has_its_sentence() -> None:
    assert set(SENTENCES) == set(State) - {State.UNBORN}
    assert [state for state, said in SENTENCES.items() if said.startswith("sent")] == [
        State.SENT
    ]


def test_nothing_is_called_unsent_of_which_that_is_not_known() -> None:
    unsure = {State.RELEASING, State.STRANDED, State.SENT, State.REJECTED}
    unsent = {state for state, said in SENTENCES.items() if "not sent" in said}

    assert unsent == set(SENTENCES) - unsure


def test_a_stranded_one_is_never_to_be_sent_again() -> None:
    assert "Do not send or propose it again" in SENTENCES[State.STRANDED]
