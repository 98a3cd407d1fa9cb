"""What an agent's tools are, and what becomes of a proposal, whatever offers them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from outbox.adapters.tools import Refused
from outbox.adapters.ways import Way, by_database
from outbox.intent import Proposal
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, call, count, offered, standing
from tests.parts import journey


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


def test_either_way_carries_times_and_the_trace(either: Way, db: Connection) -> None:
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    trace = f"00-{32 * 'a'}-{16 * 'b'}-01"

    with either() as agent:
        agent.propose(
            Proposal(
                artifact=journey.mail(),
                key="invoice-7",
                producer="",
                not_before=tomorrow,
                not_after=tomorrow + journey.HOUR,
                traceparent=trace,
            )
        )

    [row] = db.execute(
        "SELECT not_before, not_after, traceparent FROM outbox.intent"
    ).fetchall()
    assert row == (tomorrow, tomorrow + journey.HOUR, trace)


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


def test_a_token_that_is_none_lets_nobody_in(agents: str) -> None:
    stranger = by_database(agents, "holdshort_agent_" + 43 * "x")

    with pytest.raises(Refused, match="no agent's"):
        call(stranger, "propose_intent", **NAMED)
