"""The TypeScript client has the types that the intake describes, and proposes to a real one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from outbox import tokens
from outbox.store import Connection
from outbox.tokens import Kind
from outbox.words import WORDS
from tests.contracts.types import CLIENT, generated
from tests.parts import journey
from tests.parts.catcher import catching, status
from tests.parts.node import FOLDER, node, packages
from tests.parts.proxy import Cut, Proxy, asks

Acting = Callable[..., list[Any]]


def compiled(project: Path) -> str:
    """What the compiler has to say against it."""
    modules = packages() / "node_modules"
    types = ("--typeRoots", modules / "@types")
    return node(modules / "typescript" / "bin" / "tsc", "-p", project, *types).stdout


@pytest.fixture
def token(db: Connection) -> str:
    made = tokens.make(
        db, Kind.AGENT, "billing", tenant="default", valid_for=journey.HOUR, actor="ada"
    )
    return made.token


@pytest.fixture
def agent(intake: str, token: str) -> Acting:
    """Runs a program that does these acts, and gives what it was told."""

    def act(*acts: str, at: str = intake) -> list[Any]:
        done = node(FOLDER / "agent.ts", at, token, *acts)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return act


@pytest.fixture
def line(intake: str) -> Iterator[Proxy]:
    """Between agent and intake."""
    where = httpx.URL(intake)
    proxy = Proxy(where.host, where.port or 0)
    yield proxy
    proxy.close()


def test_its_types_are_those_that_the_intake_describes() -> None:
    assert (CLIENT / "intake.d.ts").read_text("utf-8") == generated(), "make types"


def test_the_compiler_finds_nothing_and_needs_no_types_but_the_webs() -> None:
    assert compiled(CLIENT) == ""
    assert compiled(FOLDER) == ""


@pytest.mark.parametrize(
    "wrong",
    ['subject: "s", txt: "t"', "subject: 1", 'subject: "s", channel: "fax"', 'text: "t"'],
)
def test_the_compiler_finds_a_mail_that_the_intake_would_refuse(
    tmp_path: Path, wrong: str
) -> None:
    (tmp_path / "wrong.ts").write_text(
        f'import type {{ Artifact }} from "{CLIENT / "holdshort.ts"}";\n'
        f'export const mail: Artifact = {{ sender: "a@b.example", to: [], {wrong} }};\n'
    )
    settings = {"extends": str(CLIENT / "tsconfig.json"), "files": ["wrong.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    (tmp_path / "package.json").write_text('{"type": "module"}')

    assert "wrong.ts(2," in compiled(tmp_path)


def test_it_depends_on_nothing() -> None:
    described = json.loads((CLIENT / "package.json").read_text("utf-8"))

    assert not {"dependencies", "peerDependencies", "optionalDependencies"} & described.keys()
    assert (CLIENT / "holdshort.ts").read_text("utf-8").count("import ") == 1


def test_who_proposes_is_told_held_not_sent(agent: Acting, db: Connection) -> None:
    first, again, other, looked, mine = agent(
        "propose bill-7", "propose bill-7", "propose-other bill-7", "look 1", "mine"
    )

    assert first["said"].startswith("held, not sent: ")
    assert again == first == looked["intent"] == mine[0]
    assert (other["status"], bool(other["next"])) == (409, True)
    [row] = db.execute("SELECT producer, state FROM outbox.intent").fetchall()
    assert row == ("billing", "submitted")


def test_it_hears_of_a_decision_and_mends_and_takes_back(agent: Acting, db: Connection) -> None:
    [proposed] = agent("propose bill-7")
    told: list[Any] = []
    waits = threading.Thread(target=lambda: told.extend(agent("wait 1")))
    waits.start()
    journey.score_and_route(db)
    journey.send_back(db, 1)
    waits.join(60)
    edited, late, withdrawn = agent(
        f"edit 1 {proposed['digest']}", f"edit 1 {proposed['digest']}", "withdraw 1"
    )

    assert told[0]["intent"]["said"] == WORDS[told[0]["intent"]["state"]]
    assert told[0]["receipts"][-1]["reason"] == "it is 70, not 700"
    assert (edited["version"], edited["said"][:14]) == (2, "held, not sent")
    assert (late["status"], withdrawn["state"]) == (412, "withdrawn")


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_proposal_whose_answer_is_lost_is_said_again_under_its_key(
    agent: Acting, line: Proxy, db: Connection, cut: Cut
) -> None:
    line.cut(cut, asks(b"POST /v1/intents"))

    [told] = agent("propose bill-7", at=f"http://127.0.0.1:{line.port}")

    assert line.cuts == 1
    assert told["said"].startswith("held, not sent: ")
    assert db.execute("SELECT count(*) FROM outbox.intent").fetchall() == [(1,)]


def test_a_withdrawal_whose_answer_is_lost_is_not_said_again(
    agent: Acting, line: Proxy, db: Connection
) -> None:
    at = f"http://127.0.0.1:{line.port}"
    agent("propose bill-7")
    line.cut(Cut.BEFORE, asks(b"/withdraw"))
    [lost] = agent("withdraw 1", at=at)
    stands = journey.state_of(db, 1)

    assert line.cuts == 1
    assert (list(lost), stands) == (["unknown"], "submitted")


def test_a_token_is_taken_nowhere_else_by_an_answer_that_leads_there(
    token: str, tmp_path: Path
) -> None:
    with catching(tmp_path, status(307, Location="/elsewhere")) as elsewhere:
        at, trusted = elsewhere.url, str(elsewhere.ca_file)
        done = node(FOLDER / "agent.ts", at, token, "withdraw 1", NODE_EXTRA_CA_CERTS=trusted)

    assert list(json.loads(done.stdout)) == ["unknown"]
    assert len(elsewhere.came) == 1
