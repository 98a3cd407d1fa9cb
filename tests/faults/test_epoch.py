"""A copy of the database sends nothing until a named person has armed it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from deploy.local.databases import temporary_database
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink
from outbox.epoch import Site, refusal
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests.faults import copies
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.journey import SECOND, state_of

HERE, ELSEWHERE = Site("production", "a" * 64), Site("production", "b" * 64)


def ready_to_leave(dsn: str, site: Site) -> int:
    """Armed and on, with one approved intent; nobody is connected afterwards."""
    journey.arm(dsn, site)
    with connect(dsn, application="tests") as connection:
        journey.switch_on(connection)
        return journey.approved(connection).id


def sends_nothing_until_armed(dsn: str, sink: MailSink, site: Site) -> None:
    """What every copy must do."""
    with connect(dsn, application="tests") as connection:
        closed = refusal(connection, site)
        assert closed is not None
        assert (closed.reason, closed.hint) == ("epoch_differs", "holdshort arm --by NAME")
        assert sender(connection, sink, site).look() == 0
        assert sink.accepted() == []

        journey.arm(dsn, site)
        assert sender(connection, sink, site).look() == 0  # armed, but off
        journey.switch_on(connection)
        assert sender(connection, sink, site).look() == 1
        assert len(sink.accepted()) == 1


def test_the_original_sends(dsn: str, sink: MailSink) -> None:
    id = ready_to_leave(dsn, HERE)

    with connect(dsn, application="tests") as connection:
        assert sender(connection, sink, HERE).look() == 1
        assert state_of(connection, id) == "sent"
    assert len(sink.accepted()) == 1


@pytest.mark.fault("17 clone")
@pytest.mark.own_session("it copies a database that nobody else may use")
def test_a_copied_database_sends_nothing(server_dsn: str, dsn: str, sink: MailSink) -> None:
    ready_to_leave(dsn, HERE)

    with copies.copied(server_dsn, dsn) as copy:
        sends_nothing_until_armed(copy, sink, HERE)


@pytest.mark.fault("17 restore")
def test_a_restored_dump_sends_nothing(
    server_dsn: str, dsn: str, sink: MailSink, own_room: Path
) -> None:
    ready_to_leave(dsn, HERE)

    with copies.restored(server_dsn, dsn, own_room) as copy:
        sends_nothing_until_armed(copy, sink, HERE)


@pytest.mark.fault("17 clone")
def test_a_cloned_disk_sends_nothing_where_the_nonce_is_another(
    own_room: Path, sink: MailSink
) -> None:
    with EmbeddedPostgres(own_room / "original") as original:
        upgrade(original)
        ready_to_leave(original, HERE)

    with copies.cloned(own_room / "original", own_room / "clone") as clone:
        sends_nothing_until_armed(clone, sink, ELSEWHERE)


@pytest.mark.fault("17 failover")
def test_a_promoted_standby_sends_nothing(own_room: Path, sink: MailSink) -> None:
    primary = EmbeddedPostgres(own_room / "primary")
    with primary as original:
        upgrade(original)
        ready_to_leave(original, HERE)
        with copies.promoted(primary, own_room / "standby") as standby:
            sends_nothing_until_armed(standby, sink, HERE)


def test_a_migrated_database_is_unarmed(server_dsn: str, template: str, sink: MailSink) -> None:
    with (
        temporary_database(server_dsn, template=template) as fresh,
        connect(fresh, application="tests") as connection,
    ):
        journey.approved(connection)
        journey.switch_on(connection)
        closed = refusal(connection, Site())

        assert sender(connection, sink).look() == 0
    assert closed is not None
    assert closed.reason == "epoch_unarmed"
    assert sink.accepted() == []


PARTS = {
    "system_identifier": "system_identifier + 1",
    "timeline": "timeline + 1",
    "database_oid": "database_oid + 1",
    "database": "'another'",
    "environment": "'staging'",
    "nonce": "'another'",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_permit_is_refused_where_any_part_of_the_epoch_differs(
    db: Connection, part: str
) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    armed = [Identifier(name) for name in PARTS]
    db.execute(
        SQL(
            "INSERT INTO outbox.epoch ({}, armed_by) SELECT {}, 'eve' FROM outbox.epoch"
        ).format(
            SQL(", ").join(armed),
            SQL(", ").join(
                SQL(PARTS[name]) if name == part else Identifier(name) for name in PARTS
            ),
        )
    )

    with pytest.raises(GateClosed) as refused:
        ledger.permit(claim, enough=SECOND)

    assert refused.value.reason == "epoch_differs"
    assert refused.value.hint == "holdshort arm --by NAME"
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []


def test_who_armed_what_is_kept(db: Connection, dsn: str) -> None:
    journey.arm(dsn, HERE)

    armed = db.execute("SELECT armed_by, environment FROM outbox.epoch ORDER BY id").fetchall()

    assert armed == [("ada", ""), ("ada", "production")]


@pytest.mark.parametrize(
    "act",
    [
        b"UPDATE outbox.epoch SET armed_by = 'eve'",
        b"DELETE FROM outbox.epoch",
        b"TRUNCATE outbox.epoch",
    ],
)
def test_what_was_armed_is_never_changed(db: Connection, act: bytes) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match="on epoch is refused"):
        db.execute(act)
