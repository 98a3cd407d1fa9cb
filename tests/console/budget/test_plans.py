"""Whatever a screen reads, it reads through indexes: with 20,000 intents as with a million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from deploy.bench.flat.seeding import seed
from deploy.local.databases import temporary_database
from outbox.pools import pooled
from outbox.screens.item import item
from outbox.screens.lists import Which, listed
from outbox.search.asking import asked
from outbox.search.finding import found
from schemas.migrate import upgrade
from tests.console.budget.reads import Read, reads
from tests.parts import journey
from tests.parts.logins import logins_of

LARGE = r"Seq Scan on (intent|artifact|recipient|amount|score|approval|endorsement|attempt)\b"
LOGS = r"Seq Scan on (receipt|event|counted|leaf)\b"

OF_A_POLICY = r"SubPlan \d+\n +->  Seq Scan on intent\b.*"
"""What it would take to find the rows of one's tenants: nobody runs it who has none."""


@pytest.fixture(scope="module")
def look(server_dsn: str) -> Iterator[Connection]:
    """A reader of a database with many intents."""
    with temporary_database(server_dsn) as dsn:
        upgrade(dsn)
        journey.arm(dsn)
        seed(dsn, 20_000)
        engine = pooled(logins_of(dsn)["reader"])
        with engine.connect() as connection:
            connection.exec_driver_sql("SET enable_seqscan = off")  # 20,000 are soon read
            yield connection
        engine.dispose()


def plans_of(look: Connection, read: Read) -> str:
    """The plans of all that it asks."""
    said: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        said.append((statement, parameters))

    event.listen(look, "before_cursor_execute", hear)
    read(look)
    event.remove(look, "before_cursor_execute", hear)
    return "\n".join(
        str(line)
        for statement, parameters in said
        for line in look.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
    )


def test_no_read_goes_through_a_table_from_end_to_end(look: Connection) -> None:
    for name, read in reads(look):
        plans = plans_of(look, read)

        plans = re.sub(OF_A_POLICY, "", plans)
        assert "cost=" in plans, name
        assert re.findall(f"{LARGE}|{LOGS}", plans) == [], name


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (partial(listed, which=Which.REVIEW), "intent_waiting"),
        (partial(listed, which=Which.APPROVE), "intent_waiting"),
        (partial(listed, which=Which.STRANDED), "intent_waiting"),
        (partial(listed, which=Which.SENDING), "intent_waiting"),
        (partial(listed, which=Which.SENT), "Index Scan Backward using intent_sent"),
        (partial(listed, which=Which.CLOSED), "Index Scan Backward using intent_closed"),
        (partial(found, asked=asked("to:desk@frequent.example")), "recipient_by_address"),
        (partial(found, asked=asked("to:@frequent.example")), "recipient_by_domain"),
        (partial(found, asked=asked("agent:billing")), "artifact_by_producer"),
        (partial(found, asked=asked("score:<0.05")), "score_by_confidence"),
        (partial(found, asked=asked("key:key-7")), "one_key_names_one_intent"),
        (partial(found, asked=asked("state:in_review")), "intent_waiting"),
        (partial(found, asked=asked("state:rejected")), "intent_closed"),
        (partial(item, id=7), "recipient_by_address"),
        (partial(item, id=7), "an_approval_is_spent_by_one_attempt"),
    ],
)
def test_each_question_has_its_index(look: Connection, read: Read, index: str) -> None:
    assert index in plans_of(look, read)


def test_what_was_seeded_keeps_every_foreign_key(look: Connection) -> None:
    keys = look.exec_driver_sql(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, conname,"
        " ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (n, place)"
        "       JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY place),"
        " ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k (n, place)"
        "       JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY place)"
        " FROM pg_constraint WHERE contype = 'f' AND connamespace = 'outbox'::regnamespace"
        " AND conrelid::regclass::text ~ 'outbox.(intent|artifact|recipient|amount|score"
        "|approval|attempt|event)$'"
    ).all()

    for source, target, name, own, theirs in keys:
        same = " AND ".join(f"a.{one} = b.{two}" for one, two in zip(own, theirs, strict=True))
        there = " AND ".join(f"a.{one} IS NOT NULL" for one in own)
        orphans = (
            f"SELECT count(*) FROM {source} AS a WHERE {there}"
            f" AND NOT EXISTS (SELECT FROM {target} AS b WHERE {same})"
        )
        if target != "outbox.move":
            assert look.exec_driver_sql(orphans).scalar() == 0, name
    assert len(keys) > 8
