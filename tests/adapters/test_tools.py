"""What the tools of an agent do and say, whatever they are offered by."""

from __future__ import annotations

from typing import Any

import pytest

from outbox.adapters.saying import SENTENCES, Standing
from outbox.adapters.tools import Answer, Refused, Tool, tools
from outbox.adapters.ways import Way, by_database
from outbox.lifecycle import State
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.parts import journey

NAMED = {"key": "invoice-7", "artifact": MAIL}


def offered(way: Way, **given: Any) -> dict[str, Tool]:
    return {one.name: one for one in tools(way, **given)}


def call(way: Way, name: str, **arguments: Any) -> Answer:
    return offered(way)[name](arguments)


def standing(answer: Answer) -> Standing:
    assert isinstance(answer, Standing)
    return answer


def count(db: Connection) -> int:
    [(number,)] = db.execute("SELECT count(*) FROM outbox.intent").fetchall()
    return int(number)


def test_no_tool_approves_sends_or_resolves(way: Way) -> None:
    assert list(offered(way)) == [
        "propose_intent",
        "get_intent",
        "list_intents",
        "edit_intent",
        "withdraw_intent",
        "wait_for_decision",
    ]


def test_a_proposal_is_held_not_sent(either: Way, db: Connection) -> None:
    answer = standing(call(either, "propose_intent", **NAMED))

    assert answer.said.startswith(HELD)
    assert "Do not send it another way" in answer.said
    [row] = db.execute("SELECT producer, state, moved_by FROM outbox.intent").fetchall()
    assert row == ("billing", "submitted", "agent")


def test_the_same_again_is_the_same_intent(either: Way, db: Connection) -> None:
    first = call(either, "propose_intent", **NAMED)

    assert call(either, "propose_intent", **NAMED) == first
    assert count(db) == 1


def test_other_bytes_under_a_key_are_refused_and_what_is_there_is_said(
    either: Way, db: Connection
) -> None:
    call(either, "propose_intent", **NAMED)

    with pytest.raises(Refused) as refusal:
        call(either, "propose_intent", **{**NAMED, "artifact": {**MAIL, "text": "Pay now!"}})

    said = str(refusal.value)
    assert said.startswith("refused: your key invoice-7 names version 1 of intent 1 already")
    assert HELD in said
    assert "Nothing new is held" in said
    assert count(db) == 1


def test_whoever_is_run_for_one_matter_names_it_and_a_new_plan_finds_it_again(
    either: Way, db: Connection
) -> None:
    first_plan = offered(either, key="invoice-7")["propose_intent"]
    another_plan = offered(either, key="invoice-7")["propose_intent"]
    first_plan({"artifact": MAIL})

    with pytest.raises(Refused, match="your key invoice-7 names"):
        another_plan({"artifact": {**MAIL, "subject": "Invoice no. 7"}})
    with pytest.raises(Refused, match="key: Extra inputs"):
        another_plan({"artifact": MAIL, "key": "invoice-7-again"})
    assert count(db) == 1


def test_another_agents_key_is_taken_and_nothing_is_said_of_its_intent(
    either: Way, db: Connection
) -> None:
    journey.proposed(db, key="invoice-7")

    with pytest.raises(Refused) as refusal:
        call(either, "propose_intent", **NAMED)

    assert "the key invoice-7 already names something else" in str(refusal.value)
    assert "intent 1" not in str(refusal.value)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"artifact": {**MAIL, "to": ["nobody"]}}, "artifact.to.0"),
        ({"artifact": {**MAIL, "bcc": ["eve@example.org"]}}, "artifact.bcc"),
        ({"key": ""}, "key"),
        ({"approve": True}, "approve"),
    ],
)
def test_what_a_model_gets_wrong_is_named_and_nothing_is_held(
    way: Way, db: Connection, wrong: dict[str, Any], where: str
) -> None:
    with pytest.raises(Refused, match=rf"refused: {where}: .*Nothing is held"):
        call(way, "propose_intent", **{**NAMED, **wrong})
    assert count(db) == 0


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


def test_a_stranded_one_is_never_to_be_sent_again() -> None:
    assert "Do not send or propose it again" in SENTENCES[State.STRANDED]


def test_a_token_that_is_none_lets_nobody_in(login: str) -> None:
    stranger = by_database(login, "holdshort_agent_" + 43 * "x")

    with pytest.raises(Refused, match="no agent's"):
        call(stranger, "propose_intent", **NAMED)
