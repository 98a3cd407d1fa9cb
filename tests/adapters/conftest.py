"""An agent with a token, and the ways by which it reaches Holdshort."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.serving import serving
from outbox import tokens
from outbox.adapters.intake import by_intake
from outbox.adapters.ways import Way, by_database
from outbox.store import Connection
from outbox.tokens import Kind
from tests.parts.journey import HOUR
from tests.parts.logins import logins_of

MAIL = {
    "sender": "billing@example.com",
    "to": ["ada@example.org"],
    "subject": "Your invoice",
    "text": "It is ready.",
}
HELD = "held, not sent: intent 1 waits for a person (state submitted)."


@pytest.fixture
def loop() -> Iterator[None]:
    """For a framework that takes the thread's own event loop, and leaves it open."""
    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)
        yield
        asyncio.set_event_loop(None)


@pytest.fixture
def token(db: Connection) -> str:
    """Of the agent `billing`."""
    made = tokens.make(db, Kind.AGENT, "billing", tenant="default", valid_for=HOUR, actor="ada")
    return made.token


@pytest.fixture
def agents(dsn: str) -> str:
    """The DSN of an agent's login, which can decide nothing."""
    return logins_of(dsn)["agent"]


@pytest.fixture
def intake(agents: str) -> Iterator[str]:
    """Where it is."""
    connections = Connections(agents)
    with serving(application(connections), "127.0.0.1:0", setting="HOLDSHORT_INTAKE") as port:
        yield f"http://127.0.0.1:{port}"
    connections.close()


@pytest.fixture(params=["database", "intake"])
def either(request: pytest.FixtureRequest, agents: str, token: str) -> Way:
    """Each way in its turn."""
    if request.param == "database":
        return by_database(agents, token)
    return by_intake(request.getfixturevalue("intake"), token)


@pytest.fixture
def way(agents: str, token: str) -> Way:
    """By the database."""
    return by_database(agents, token)
