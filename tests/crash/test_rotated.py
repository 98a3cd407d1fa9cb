"""Passwords change while mails flow: nothing is lost, doubled or in doubt."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from deploy.local.logins import logins
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink
from deploy.supervisor import Supervisor
from deploy.watching import Watch
from outbox import queries
from outbox.store import connect
from schemas.migrate import upgrade
from tests.crash.load import assert_each_left_once, more
from tests.crash.pipeline import PATIENCE, Pipeline, environment_of
from tests.parts import journey

WORKERS = ("scorer", "router", "sender", "sender", "sweeper")
MAILS = 10  # in every round
FIRST, SECOND = "first-password", "second-password"


@dataclass(frozen=True)
class Passwords:
    """A file of connections that libpq reads for each, and the server that asks for them."""

    file: Path
    server: str
    port: int

    def write(self, password: str) -> None:
        told = f"host={LOOPBACK}\nport={self.port}\ndbname=postgres\npassword={password}\n"
        parts = (f"[{role}]\nuser=local_{role}\n{told}" for role in sorted({*WORKERS}))
        half = self.file.with_suffix(".new")
        half.write_text("\n".join(parts))
        half.rename(self.file)

    def change(self, password: str) -> None:
        """At the server; and whoever is connected must come again."""
        with psycopg.connect(self.server, autocommit=True) as dba:
            for role in sorted({*WORKERS}):
                dba.execute(f"ALTER ROLE local_{role} PASSWORD '{password}'".encode())
            dba.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename LIKE 'local\\_%'"
            )


@pytest.fixture
def passwords(own_room: Path) -> Iterator[Passwords]:
    port = free_port()
    listening = {"listen_addresses": LOOPBACK}
    with EmbeddedPostgres(own_room / "pg", port=port, settings=listening) as server:
        upgrade(server)
        journey.arm(server)
        logins(server, password=FIRST)
        passwords = Passwords(own_room / "pg_service.conf", server, port)
        passwords.write(FIRST)
        yield passwords


@pytest.fixture
def asked(tmp_path: Path, passwords: Passwords, sink: MailSink) -> Iterator[Pipeline]:
    """A pipeline whose server asks each process for a password."""
    environment = environment_of("", "", sink) | {"PGSERVICEFILE": str(passwords.file)}
    by_name = {role: f"service={role}" for role in WORKERS}
    with (
        connect(passwords.server, application="tests") as db,
        Supervisor(tmp_path, environment, by_name) as run,
    ):
        watch = Watch(queries.reader(passwords.server), PATIENCE)
        yield Pipeline(db, watch, sink, run)


def test_a_rotated_password_of_the_database_starts_no_process_again(
    asked: Pipeline, passwords: Passwords
) -> None:
    workers = [asked.run.start(role) for role in WORKERS]
    for worker in workers:
        asked.up(worker)
    journey.switch_on(asked.db)
    more(asked, MAILS)
    more(asked, MAILS)

    passwords.write(SECOND)
    passwords.change(SECOND)
    more(asked, MAILS)
    more(asked, MAILS)

    assert_each_left_once(asked, 4 * MAILS)
    assert [worker.exit_code for worker in workers] == [None] * len(WORKERS)
    assert any("database back" in worker.said() for worker in workers)


def test_the_old_password_is_really_refused(passwords: Passwords) -> None:
    passwords.change(SECOND)
    parts = conninfo_to_dict(passwords.server)
    where = make_conninfo("", host=LOOPBACK, port=passwords.port, dbname=parts["dbname"])

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(where, user="local_sender", password=FIRST)


@pytest.fixture
def by_file(tmp_path: Path, pipeline: Pipeline) -> Path:
    """The file from which senders have their password."""
    file = tmp_path / "smtp-password"
    file.write_text(pipeline.sink.endpoint.password)
    return file


def with_the_password_in(file: Path, sink: MailSink) -> dict[str, str]:
    where = sink.endpoint
    return {
        "HOLDSHORT_SMTP": f"smtp+starttls://{where.login}@{where.host}:{where.port}",
        "HOLDSHORT_SMTP_PASSWORD_FILE": str(file),
    }


def change_at(sink: MailSink, directory: Path, password: str) -> None:
    """The mail server knows another password from now on."""
    known = directory / "login.json"
    known.write_text(json.dumps(json.loads(known.read_text()) | {"password": password}))
    sink.kill()
    sink.start()


def test_a_rotated_password_of_the_smart_host_is_rolled_out_and_nothing_strands(
    pipeline: Pipeline, by_file: Path, tmp_path: Path
) -> None:
    told = with_the_password_in(by_file, pipeline.sink)
    for role in ("scorer", "router", "sweeper"):
        pipeline.run.start(role)
    old = [pipeline.run.start("sender", **told) for _ in range(2)]
    for sender in old:
        pipeline.up(sender)
    journey.switch_on(pipeline.db)
    more(pipeline, MAILS)
    more(pipeline, MAILS)
    assert_each_left_once(pipeline, 2 * MAILS)

    change_at(pipeline.sink, tmp_path / "mail", SECOND)
    more(pipeline, MAILS)
    by_file.write_text(SECOND)
    for sender in old:
        pipeline.up(pipeline.run.start("sender", **told))
        sender.signal(signal.SIGTERM)
        assert sender.ended(PATIENCE)
    more(pipeline, MAILS)

    assert_each_left_once(pipeline, 4 * MAILS)
    assert [sender.exit_code for sender in old] == [0, 0]
