"""The SQL contract: any language proposes with one statement, and is told: held, not sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from outbox.lifecycle import State
from outbox.manifest import MailManifest
from outbox.seen import current
from outbox.store import Connection
from outbox.words import WORDS
from schemas.groups import GROUPS
from tests.contracts.contract import ERRORS, SIGNATURES
from tests.parts import journey
from tests.parts.java import java
from tests.parts.logins import logins_of
from tests.parts.node import FOLDER, node
from tests.parts.proxy import DatabaseProxy

MAIL = {
    "channel": "email",
    "sender": "billing@example.com",
    "to": ["ada@example.org"],
    "subject": "Rechnung für Mai — 12 €",
    "text": "Dear Ada,\n\nit is ready.\n",
}
SAID = json.dumps(MAIL, ensure_ascii=False, indent=2)
HELD = f"submitted {WORDS[State.SUBMITTED]}"
TAKEN = "23505 one_key_names_one_artifact"
TOO_LONG = "23514 a_key_is_short_and_not_empty"
ASKED = ("k", SAID, "k", SAID, "k", SAID.replace("Mai", "Juni"), "x" * 201, SAID)
ANSWERS = [HELD, HELD, TAKEN, TOO_LONG]

Asking = Callable[..., Any]


@pytest.fixture
def line(dsn: str) -> Iterator[str]:
    """An agent's login, over TCP: not every driver speaks to a Unix socket."""
    proxy = DatabaseProxy(logins_of(dsn)["agent"])
    yield proxy.dsn
    proxy.close()


@pytest.fixture
def agent(dsn: str) -> Iterator[Connection]:
    with psycopg.connect(logins_of(dsn)["agent"], autocommit=True) as connection:
        yield connection


def by_node(line: str) -> list[str]:
    at = conninfo_to_dict(line)
    url = f"postgres://{at['user']}:{at['password']}@{at['host']}:{at['port']}/{at['dbname']}"
    done = node(FOLDER / "propose.ts", url, *ASKED)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def by_java(line: str) -> list[str]:
    at = conninfo_to_dict(line)
    url = f"jdbc:postgresql://{at['host']}:{at['port']}/{at['dbname']}?sslmode=disable"
    done = java("Propose.java", url, str(at["user"]), str(at["password"]), *ASKED)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def by_psycopg(line: str) -> list[str]:
    told = []
    with psycopg.connect(line) as connection:
        for key, said in zip(ASKED[::2], ASKED[1::2], strict=True):
            statement = "SELECT id FROM outbox.submit(%s, 'billing', 'email', %b)"
            try:
                with connection.transaction():
                    row = connection.execute(statement, (key, said.encode())).fetchone()
                stands = connection.execute(
                    "SELECT state, said FROM outbox.standing(%s)", row
                ).fetchone()
                told.append(" ".join(stands or ()))
            except psycopg.errors.IntegrityError as refused:
                told.append(f"{refused.sqlstate} {refused.diag.constraint_name}")
    return told


@pytest.mark.parametrize("asking", [by_psycopg, by_node, by_java])
def test_any_language_proposes_in_plain_sql_and_is_told_held_not_sent(
    line: str, db: Connection, asking: Asking
) -> None:
    told = asking(line)

    assert told == ANSWERS
    assert HELD.startswith("submitted held, not sent: ")
    [row] = db.execute("SELECT login, state, producer FROM outbox.intent").fetchall()
    assert row == ("local_agent", "submitted", "billing")


def test_what_another_language_has_spelled_is_approved_by_what_it_says(
    line: str, db: Connection
) -> None:
    by_node(line)
    journey.score_and_route(db)

    manifest = current(db, 1)
    journey.approve(db, 1)

    assert isinstance(manifest, MailManifest)
    assert manifest.headers.subject == MAIL["subject"]
    assert journey.state_of(db, 1) == State.APPROVED


def test_the_functions_are_as_they_were_promised(db: Connection) -> None:
    for name, promised in SIGNATURES.items():
        [(takes, gives)] = db.execute(
            "SELECT pg_get_function_arguments(oid), pg_get_function_result(oid)"
            "  FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace AND proname = %s",
            (name,),
        ).fetchall()
        assert (takes, gives) == promised, name


@pytest.mark.parametrize("refusal", ERRORS, ids=lambda one: str(one.what))
def test_every_refusal_has_the_code_and_the_name_that_were_promised(
    agent: Connection, refusal: Any
) -> None:
    for statement in refusal.before:
        agent.execute(statement)

    with pytest.raises(psycopg.Error) as refused:
        agent.execute(refusal.statement)

    told = refused.value.diag
    assert (told.sqlstate, told.constraint_name) == (refusal.sqlstate, refusal.constraint)


def test_a_proposal_is_the_callers_own_transaction(agent: Connection, db: Connection) -> None:
    with agent.transaction(force_rollback=True):
        agent.execute("SELECT outbox.submit('k', 'p', 'email', '{}')")

    assert db.execute("SELECT count(*) FROM outbox.intent").fetchall() == [(0,)]


def test_an_agents_group_may_propose_and_look_and_nothing_else(db: Connection) -> None:
    for group in GROUPS:
        for function in ("submit", "submit_each", "standing"):
            [(may,)] = db.execute(
                "SELECT has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc"
                " WHERE pronamespace = 'outbox'::regnamespace AND proname = %s",
                (group.name, function),
            ).fetchall()
            assert may == (group.name == "holdshort_agent"), (group.name, function)
    tables = db.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'outbox'::regnamespace"
        " AND relkind IN ('r', 'v') AND has_table_privilege('holdshort_agent', oid,"
        " 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
    ).fetchall()
    assert tables == [("alembic_version",)], "which everybody reads"


def test_no_agent_hears_where_anothers_intent_stands(agent: Connection, db: Connection) -> None:
    other = journey.proposed(db)
    agent.execute("SELECT outbox.submit('k', 'p', 'email', '{}')")

    asked = "SELECT state FROM outbox.standing(%s)"
    assert agent.execute(asked, (other.id,)).fetchall() == []
    assert agent.execute(asked, (other.id + 1,)).fetchall() == [("submitted",)]


def test_every_state_is_told_in_the_same_words_by_sql_and_by_http() -> None:
    """Read off the function itself: no test need bring an intent into each state."""
    file = Path(__file__).parents[2] / "schemas/migrations/v0001/80_agent/standing.sql"
    text = file.read_text("utf-8")
    told = dict(re.findall(r"WHEN '(\w+)' THEN '([^\n]*)'", text))
    [others] = re.findall(r"ELSE '([^\n]*)'", text)

    words = {state: told.get(state, others).replace("''", "'") for state in WORDS}
    assert words == WORDS
    assert told.keys() < set(WORDS)
