"""A database that may forget what it committed is given no sender."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink
from outbox.durability import check_durable
from outbox.errors import BadSettings, GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests.deploy.command import holdshort
from tests.faults.sending import SENDER
from tests.parts import journey
from tests.parts.journey import HALF_A_MINUTE, SECOND
from tests.parts.waiting import wait_until

FORGETFUL = "-c synchronous_commit=off"


@pytest.fixture(scope="module")
def own_server(room: Path) -> Iterator[Connection]:
    """A server whose settings the test may spoil."""
    with EmbeddedPostgres(room / "spoilt") as dsn:
        upgrade(dsn)
        journey.arm(dsn)
        with connect(dsn, application="tests") as connection:
            yield connection


def set_to(server: Connection, name: str, value: str) -> None:
    server.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), value))
    server.execute("SELECT pg_reload_conf()")
    asked = "SELECT setting FROM pg_settings WHERE name = %s"
    wait_until(
        lambda: server.execute(asked, (name,)).fetchall() == [(value,)], HALF_A_MINUTE, name
    )


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
@pytest.mark.fault("17 fsync off")
@pytest.mark.fault("17 synchronous_commit off")
def test_a_forgetful_server_gets_neither_a_sender_nor_a_permit(
    own_server: Connection, name: str
) -> None:
    ledger = Ledger(own_server, worker="worker-1")
    claim = journey.claimed(own_server, ledger)
    set_to(own_server, name, "off")
    try:
        with pytest.raises(BadSettings, match=f"PostgreSQL runs with {name}=off") as refused:
            check_durable(own_server)
        with pytest.raises(GateClosed, match="not durable"):
            ledger.permit(claim, enough=SECOND)
    finally:
        set_to(own_server, name, "on")

    assert f"ALTER SYSTEM SET {name} = on" in refused.value.hint
    check_durable(own_server)
    ledger.permit(claim, enough=SECOND)


@pytest.mark.fault("17 synchronous_commit off")
@pytest.mark.own_session("it says what a session begins with")
def test_a_sender_process_with_a_forgetful_session_does_not_start(
    dsn: str, sink: MailSink
) -> None:
    said = holdshort(
        *("run", "sender"),
        dsn=make_conninfo(dsn, options=FORGETFUL),
        smtp=sink.endpoint.url,
        smtp_ca=str(sink.endpoint.ca_file),
        smtp_senders=SENDER,
    )

    assert said.code == 2, said
    assert "PostgreSQL runs with synchronous_commit=off" in said.err
    assert "ALTER SYSTEM SET synchronous_commit = on" in said.err.partition("next: ")[2]
