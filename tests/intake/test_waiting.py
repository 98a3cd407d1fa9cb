"""An agent waits until people have decided, and nothing is held meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI

from consumers.intake import waiting
from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.serving import serving
from outbox import tokens
from outbox.desk import Desk
from outbox.lifecycle import State
from outbox.store import Connection
from outbox.words import UNDECIDED, WORDS
from tests.intake.test_proposing import proposed
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.waiting import wait_until

SOON = journey.HALF_A_MINUTE


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "EVERY", 0.05)


@dataclass
class Lobby:
    """An intake whose waiting can be watched, and an agent at its door."""

    agent: httpx.Client
    app: FastAPI
    stop: threading.Event

    def ask(self, id: int, **asked: int | str) -> httpx.Response:
        params: dict[str, int | str] = {"wait": 60, **asked}
        return self.agent.get(f"/v1/intents/{id}", params=params, timeout=50)

    def wait_for_it(self) -> None:
        wait_until(lambda: self.app.state.waiting.waits > 0, SOON, "somebody waits")


@pytest.fixture
def lobby(dsn: str, db: Connection) -> Iterator[Lobby]:
    connections, stop = Connections(logins_of(dsn)["agent"]), threading.Event()
    app = application(connections, stop)
    new = tokens.make(
        db, tokens.Kind.AGENT, "a", tenant="default", valid_for=journey.HOUR, actor="ada"
    )
    shown = {"Authorization": f"Bearer {new.token}"}
    with serving(app, "127.0.0.1:0", setting="X") as port:
        at = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=at, headers=shown, timeout=20) as agent:
            yield Lobby(agent, app, stop)
    connections.close()


def test_it_is_said_in_words_that_it_is_held_and_not_sent(lobby: Lobby) -> None:
    assert proposed(lobby.agent)["said"].startswith("held, not sent: ")


def test_every_state_is_put_into_words_and_only_what_was_sent_is_said_to_be() -> None:
    assert WORDS.keys() == set(State) - {State.UNBORN}
    for state, words in WORDS.items():
        assert words.startswith("held, not sent: ") == (state in {*UNDECIDED, State.SENT_BACK})
        assert words.startswith("sent") == (state is State.SENT)
    unknown = (State.RELEASING, State.STRANDED, State.REJECTED)
    assert all("not sent" not in WORDS[state] for state in unknown)


def test_who_waits_hears_of_the_decision_as_soon_as_it_is_made(
    lobby: Lobby, db: Connection
) -> None:
    id = proposed(lobby.agent)["id"]
    with ThreadPoolExecutor() as meanwhile:
        answer = meanwhile.submit(lobby.ask, id)
        lobby.wait_for_it()
        journey.score_and_route(db)
        assert not answer.done(), "that it was scored is no decision"
        journey.send_back(db, id)
        told = answer.result(20).json()

    assert told["intent"]["state"] == "sent_back"
    assert told["intent"]["said"] == WORDS[State.SENT_BACK]
    assert told["receipts"][-1]["reason"] == "it is 70, not 700"


def test_who_waits_in_vain_is_told_where_it_stands(lobby: Lobby) -> None:
    id = proposed(lobby.agent)["id"]

    waited = lobby.ask(id, wait=1)

    assert waited.elapsed.total_seconds() >= 1
    assert waited.json() == lobby.ask(id, wait=0).json()


def test_what_is_decided_may_be_waited_for_to_its_end(lobby: Lobby, db: Connection) -> None:
    id = proposed(lobby.agent)["id"]
    journey.score_and_route(db)
    journey.approve(db, id)

    decided = lobby.ask(id).json()
    with ThreadPoolExecutor() as meanwhile:
        final = meanwhile.submit(lobby.ask, id, until="final")
        lobby.wait_for_it()
        Desk(db, actor="ada").withdraw(id, reason="paid")
        told = final.result(20).json()

    assert decided["intent"]["state"] == "approved"
    assert told["intent"]["state"] == "withdrawn"


def test_an_agent_cannot_wait_for_what_is_anothers_or_longer_than_a_minute(
    lobby: Lobby,
) -> None:
    id = proposed(lobby.agent)["id"]

    assert lobby.ask(99).status_code == 404
    wrong: tuple[dict[str, int | str], ...]
    wrong = ({"wait": 61}, {"wait": -1}, {"wait": "x"}, {"until": "sent"})
    assert [lobby.ask(id, **one).status_code for one in wrong] == [422] * 4


def test_a_token_that_is_revoked_meanwhile_hears_nothing_more(
    lobby: Lobby, db: Connection
) -> None:
    id = proposed(lobby.agent)["id"]
    with ThreadPoolExecutor() as meanwhile:
        answer = meanwhile.submit(lobby.ask, id)
        lobby.wait_for_it()
        tokens.revoke(db, 1, actor="ada")

        assert answer.result(20).status_code == 401


def test_too_many_who_wait_are_answered_at_once(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 0)

    answer = lobby.ask(proposed(lobby.agent)["id"])

    assert answer.json()["intent"]["state"] == "submitted"


def test_who_has_gone_waits_no_longer(lobby: Lobby) -> None:
    id = proposed(lobby.agent)["id"]
    with ThreadPoolExecutor() as meanwhile, suppress(httpx.ReadTimeout):
        meanwhile.submit(lobby.wait_for_it)
        lobby.agent.get(f"/v1/intents/{id}", params={"wait": 60}, timeout=1)

    wait_until(lambda: lobby.app.state.waiting.waits == 0, SOON, "nobody waits")


def test_an_intake_that_is_stopped_answers_those_who_wait(lobby: Lobby) -> None:
    id = proposed(lobby.agent)["id"]
    with ThreadPoolExecutor() as meanwhile:
        answer = meanwhile.submit(lobby.ask, id)
        lobby.wait_for_it()
        lobby.stop.set()

        assert answer.result(20).json()["intent"]["state"] == "submitted"
