"""Before a decision nothing that people can read tells a decoy from the others."""

from __future__ import annotations

import re
from typing import Any

import httpx
import psycopg
import pytest

from outbox.attention import decoys
from outbox.store import Connection, connect
from schemas.groups import GROUPS
from tests.parts import journey
from tests.parts.attention import FLAW, ask, planted, read, seeded, yes
from tests.parts.logins import logins_of

HIDDEN = (
    *("seed", "decoy", "met", "look", "verdict"),
    *("sealed", "second_look", "tightening", "draw"),
)
TAG = re.compile(r"</?\w+")
SAID = {"kind", "role", "actor", "state", "source", "target", "producer", "channel", "version"}
OWN = {"id", "intent_id", "chain", "seq", "fence", "idempotency_key", "digest", "secret"} | {
    *(
        "content",
        "subject",
        "index",
        "receipt_id",
        "number",
        "statement",
        "signature",
        "before",
    ),
    *("previous", "address"),
}
"""What differs from one intent to the next, whatever it is."""
PEOPLE = [one for one in GROUPS if one.name.endswith(("reader", "reviewer", "operator"))]


def sibling(db: Connection) -> tuple[int, int]:
    """A decoy, and one of the agent in whose name it comes, that say as much."""
    [id] = planted(db, journey.mail("Wrong sum", to="bob@example.org"))
    other = journey.proposed(db, journey.mail("Right sum", to="cyd@example.org"))
    journey.score_and_route(db)
    return id, other.id


def like(db: Connection, table: str, columns: set[str], id: int) -> list[tuple[Any, ...]]:
    """Its rows, without what is its own; moments count as such."""
    key = "id" if "idempotency_key" in columns else "intent_id"
    kept = ", ".join(sorted(columns - OWN))
    rows = db.execute(f"SELECT {kept} FROM outbox.{table} WHERE {key} = %s".encode(), (id,))
    return sorted((tuple(map(_bare, row)) for row in rows), key=str)


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return told(value)
    return "moment" if hasattr(value, "tzinfo") else value


@pytest.mark.parametrize("group", PEOPLE, ids=lambda one: one.name)
def test_no_column_that_people_may_read_tells_a_decoy(
    dsn: str, db: Connection, group: Any
) -> None:
    id, other = sibling(db)
    login = logins_of(dsn)[group.name.removeprefix("holdshort_")]
    compared = 0

    with connect(login, application="tests") as looking:
        for table in group.reads:
            row = looking.execute(f"SELECT * FROM outbox.{table} LIMIT 0".encode())
            columns = {one.name for one in row.description or ()}
            if columns & {"intent_id", "idempotency_key"}:
                ours, theirs = (like(looking, table, columns, one) for one in (id, other))
                assert ours == theirs, table
                compared += len(ours)
        for table in HIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                looking.execute(f"SELECT * FROM outbox.{table}".encode())

    assert compared > 3


def test_no_page_tells_a_decoy(ada: httpx.Client, db: Connection) -> None:
    id, other = sibling(db)

    for path in ("/intents/{}", "/intents/{}?show=manifest", "/intents/{}?show=raw"):
        ours, theirs = (ada.get(path.format(one)).text for one in (id, other))
        assert TAG.findall(ours) == TAG.findall(theirs)
        assert "decoy" not in ours
    for path in ("/approve", "/agents", "/receipts", "/system", "/policies"):
        page = ada.get(path).text
        assert "decoy" not in page, path
        assert FLAW not in page


def test_no_answer_of_the_api_tells_a_decoy(grace: httpx.Client, db: Connection) -> None:
    id, other = sibling(db)

    ours, theirs = (told(grace.get(f"/intents/{one}").json()) for one in (id, other))

    assert ours == theirs


def told(value: Any, name: str = "") -> Any:
    """What it says, without numbers, moments and digests of its own."""
    if isinstance(value, dict):
        return {key: told(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [told(one, name) for one in value]
    return value if name in SAID else type(value).__name__


def test_what_is_seeded_comes_only_where_an_agent_has_proposed(db: Connection) -> None:
    seeded(db)

    assert decoys.plant(db, worker="sweeper-1") == 0
    journey.proposed(db)
    db.execute("UPDATE outbox.seed SET due_at = now()")
    assert decoys.plant(db, worker="sweeper-1") == 1


def test_the_first_yes_to_what_was_drawn_is_in_nothing_that_people_read(
    dsn: str, db: Connection
) -> None:
    ask(db, second={"one_in": 1})
    drawn, other = journey.awaiting(db).id, journey.awaiting(db).id
    read(db, drawn, seconds=60)

    yes(db, drawn, "ada")

    for group in PEOPLE:
        login = logins_of(dsn)[group.name.removeprefix("holdshort_")]
        with connect(login, application="tests") as looking:
            for table in group.reads:
                row = looking.execute(f"SELECT * FROM outbox.{table} LIMIT 0".encode())
                columns = {one.name for one in row.description or ()}
                if columns & {"intent_id", "idempotency_key"}:
                    ours, theirs = (
                        like(looking, table, columns, one) for one in (drawn, other)
                    )
                    assert ours == theirs, (group.name, table)
