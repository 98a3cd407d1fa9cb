"""A running intake on a database of the test's own, and agents with tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import httpx
import pytest

from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.serving import serving
from outbox import tokens
from outbox.store import Connection
from outbox.tokens import Kind
from tests.parts.journey import HOUR
from tests.parts.logins import logins_of


class Agents(Protocol):
    def __call__(self, name: str, tenant: str = ...) -> httpx.Client: ...


@pytest.fixture
def intake(dsn: str) -> Iterator[str]:
    """Where it is."""
    connections = Connections(logins_of(dsn)["agent"])
    with serving(application(connections), "127.0.0.1:0", setting="HOLDSHORT_INTAKE") as port:
        yield f"http://127.0.0.1:{port}"
    connections.close()


@pytest.fixture
def agents(db: Connection, intake: str) -> Iterator[Agents]:
    """Gives a client of the agent with this name, who has a token."""
    clients: list[httpx.Client] = []

    def made(name: str, tenant: str = "default") -> httpx.Client:
        new = tokens.make(db, Kind.AGENT, name, tenant=tenant, valid_for=HOUR, actor="ada")
        shown = {"Authorization": f"Bearer {new.token}"}
        clients.append(httpx.Client(base_url=intake, headers=shown, timeout=20))
        return clients[-1]

    yield made
    for client in clients:
        client.close()


@pytest.fixture
def agent(agents: Agents) -> httpx.Client:
    return agents("billing")
