"""Both APIs answer whatever they are asked, and as they say that they do."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from consumers.console.api.app import AT
from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.local.databases import temporary_database
from deploy.openapi import applications
from deploy.serving import serving
from outbox import Proposal, submit, tokens
from outbox.store import connect
from outbox.tokens import Kind
from tests.parts import journey
from tests.parts.console import console
from tests.parts.logins import logins_of

EXAMPLES = int(os.environ.get("HOLDSHORT_TEST_EXAMPLES", "8"))
# Of all checks, these two say what is not so: what a mail is, is more than a schema can say,
# and what is there now may be decided on by the next request.
UNTRUE = ("positive_data_acceptance", "ensure_resource_availability")
CONFIG = SchemathesisConfig.from_dict(
    {"seed": 7, "checks": {name: {"enabled": False} for name in UNTRUE}}
)
INTAKE, CONSOLE = (
    schemathesis.openapi.from_dict(applications()[name].openapi(), config=CONFIG)
    for name in ("intake", "console")
)
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
Asking = Case[Any]
Asked = Callable[[Asking], None]


@pytest.fixture(scope="module")
def lived(server_dsn: str, template: str) -> Iterator[str]:
    """A database in which there is something of everything."""
    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
    ):
        journey.arm(dsn)
        journey.awaiting(db)
        journey.approved(db)
        with connect(logins_of(dsn)["agent"], application="tests") as agent:
            submit(agent, Proposal(artifact=journey.mail(), key="k", producer="x"))
        yield dsn


@pytest.fixture(scope="module")
def intake(lived: str) -> Iterator[Asked]:
    connections, stop = Connections(logins_of(lived)["agent"]), threading.Event()
    stop.set()  # nobody is let wait for as long as is asked
    with serving(application(connections, stop), "127.0.0.1:0", setting="X") as port:
        yield asking(lived, f"http://127.0.0.1:{port}", Kind.AGENT)
    connections.close()


@pytest.fixture(scope="module")
def people(lived: str) -> Iterator[Asked]:
    with console(lived, person=None) as origin:
        yield asking(lived, f"{origin}{AT}", Kind.PERSON)


def asking(dsn: str, at: str, kind: Kind) -> Asked:
    tenant = "default" if kind is Kind.AGENT else None
    with connect(dsn, application="tests") as db:
        made = tokens.make(db, kind, "x", tenant=tenant, valid_for=journey.HOUR, actor="a")
    shown = {"Authorization": f"Bearer {made.token}", "Origin": at.removesuffix(AT)}

    def ask(case: Asking) -> None:
        id = case.path_parameters.get("id")
        if isinstance(id, int) and 0 < id < 2**63:
            case.path_parameters["id"] = id % 3 + 1  # the last is the agent's
        case.call_and_validate(base_url=at, headers=shown, timeout=20)

    return ask


@bounded
@INTAKE.parametrize()
def test_whatever_an_agent_asks_is_answered_as_described(
    case: Case[Any], intake: Asked
) -> None:
    intake(case)


@bounded
@CONSOLE.parametrize()
def test_whatever_a_person_asks_is_answered_as_described(
    case: Case[Any], people: Asked
) -> None:
    people(case)
