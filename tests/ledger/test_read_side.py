"""What people and gauges see of the ledger."""

from __future__ import annotations

import datetime as dt
import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
import sqlalchemy
from pydantic_core import to_json
from sqlalchemy import Dialect, MetaData

import outbox
from outbox import tables
from outbox.desk import Desk
from outbox.errors import NotFound
from outbox.intent import canonical, parse_artifact
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.queries import (
    content,
    counts,
    dossier,
    page,
    reader,
)
from outbox.store import Connection
from tests.parts import journey

NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def look(dsn: str) -> Iterator[sqlalchemy.Connection]:
    """A read-only connection to the test's database; each statement sees the present."""
    with reader(dsn).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def picture(metadata: MetaData, dialect: Dialect) -> dict[str, tuple[str, bool | None]]:
    return {
        str(column): (column.type.compile(dialect=dialect), column.nullable)
        for table in metadata.tables.values()
        for column in table.c
        if table.name != "alembic_version"
    }


def test_the_picture_of_the_tables_is_the_migrated_database(dsn: str) -> None:
    reflected = MetaData(schema="outbox")
    with reader(dsn).connect() as connection:
        slots = connection.exec_driver_sql(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent IN ('outbox.unpublished'::regclass, 'outbox.event'::regclass)"
        )
        of_no_reader = {name.rpartition(".")[2] for (name,) in slots}
        reflected.reflect(connection, only=lambda name, _: name not in of_no_reader)
        dialect = connection.dialect

    for module in pkgutil.walk_packages(outbox.__path__, "outbox."):
        import_module(module.name)  # each room adds its own tables to the picture
    assert picture(reflected, dialect) == picture(tables.metadata, dialect)


def test_a_reader_cannot_write(dsn: str, db: Connection) -> None:
    intent = journey.proposed(db)

    with (
        reader(dsn).connect() as connection,
        pytest.raises(sqlalchemy.exc.InternalError, match="read-only"),
    ):
        connection.execute(tables.intent.update().values(moved_by="human"))

    assert journey.state_of(db, intent.id) == "submitted"


def test_pages_show_the_newest_first_and_each_intent_once(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    made = [journey.proposed(db).id for _ in range(5)]

    first = page(look, size=2)
    journey.proposed(db)  # shifts nothing
    second = page(look, size=2, before=first.before)
    last = page(look, size=2, before=second.before)

    shown = [summary.id for part in (first, second, last) for summary in part.intents]
    assert shown == made[::-1]
    assert last.before is None


def test_a_page_that_just_fits_is_the_last(db: Connection, look: sqlalchemy.Connection) -> None:
    made = [journey.proposed(db).id for _ in range(2)]

    only = page(look, size=2)

    assert [summary.id for summary in only.intents] == made[::-1]
    assert only.before is None


def test_a_page_of_one_state_shows_nothing_else(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    waits = journey.awaiting(db)
    journey.proposed(db)

    [only] = page(look, state=State.AWAITING_APPROVAL).intents

    assert (only.id, only.state, only.confidence) == (waits.id, "awaiting_approval", 0.9)


def test_an_edited_intent_has_no_confidence_until_it_is_scored_again(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db)
    Desk(db, actor="ada").edit(
        intent.id, journey.mail("Other"), digest=journey.seen(db, intent.id)
    )

    [only] = page(look).intents

    assert (only.version, only.confidence) == (2, None)


def test_a_dossier_holds_all_that_is_known_but_the_bytes(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    claim = journey.permitted(db, Ledger(db, worker="sender-1"))
    Ledger(db, worker="sender-1").settle(
        claim, State.SENT, kind="sent", evidence={"reply": "250 ok"}
    )

    found = dossier(look, claim.id)

    assert (found.intent.state, found.intent.digest) == ("sent", claim.digest)
    assert [(v.version, v.digest, v.size) for v in found.versions] == [
        (1, claim.digest, len(claim.content))
    ]
    assert [(s.scorer, s.reasons) for s in found.scores] == [("tests", ["looks fine"])]
    assert [(a.approver, a.revoked_at) for a in found.approvals] == [("ada", None)]
    assert [a.fence for a in found.attempts] == [claim.fence]
    assert found.receipts[-1].evidence == {
        "reply": "250 ok",
        "manifest": found.approvals[-1].manifest_digest,
    }
    assert found.events[0].source == "unborn"
    assert [move.target for move in found.events][-2:] == ["releasing", "sent"]


def test_a_dossier_is_ready_for_json(db: Connection, look: sqlalchemy.Connection) -> None:
    intent = journey.awaiting(db)

    told = json.loads(to_json(dossier(look, intent.id)))

    assert told["versions"][0]["digest"] == intent.digest
    assert dt.datetime.fromisoformat(told["intent"]["created_at"]).tzinfo is not None


def test_the_bytes_are_asked_for_by_their_digest(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db)
    edited = Desk(db, actor="ada").edit(
        intent.id, journey.mail("B"), digest=journey.seen(db, intent.id)
    )

    assert parse_artifact(content(look, intent.id, digest=intent.digest)) == journey.mail()
    assert content(look, intent.id, digest=edited.digest) == canonical(journey.mail("B"))
    with pytest.raises(NotFound):
        content(look, intent.id, digest="0" * 64)


def test_what_is_not_there_is_not_found(look: sqlalchemy.Connection) -> None:
    with pytest.raises(NotFound, match="no intent 4711"):
        dossier(look, 4711)


def test_counts_name_every_state_an_intent_can_be_in(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    journey.proposed(db)
    Desk(db, actor="ada").reject(journey.awaiting(db).id, reason="no")

    counted = counts(look)

    assert set(counted) == set(State) - {State.UNBORN}
    assert {state: n for state, n in counted.items() if n} == {
        State.AWAITING_APPROVAL: 1,
        State.REJECTED: 1,
    }
