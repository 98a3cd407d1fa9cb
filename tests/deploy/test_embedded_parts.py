"""The embedded stack: on the loopback, for as long as its owner lives, and no longer."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from deploy.local.broker import answers
from deploy.local.children import Child
from deploy.local.ports import free_port
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.stack import local_stack
from outbox.cluster import Cluster
from outbox.errors import DependencyDown
from tests.parts.brokers import OwnBroker
from tests.parts.processes import alive, descendants, listening_addresses
from tests.parts.waiting import wait_until

PATIENCE = timedelta(seconds=15)
LOOPBACK = "0100007F:"  # 127.0.0.1 as the kernel writes it
PROGRAMS = {"postgres", "tansu", "python"}


def programs(pids: set[int]) -> set[str]:
    """Their names without a version: `python3.11` is `python`."""
    return {Path(f"/proc/{pid}/comm").read_text().rstrip("0123456789.\n") for pid in pids}


def test_no_process_of_the_stack_is_left_after_its_owner_is_killed(owner: Child) -> None:
    started = descendants(owner.pid)
    assert programs(started) >= PROGRAMS
    owner.kill()
    wait_until(lambda: not any(map(alive, started)), PATIENCE, "all processes ended")


def test_everything_listens_on_loopback_only(owner: Child) -> None:
    addresses = listening_addresses(descendants(owner.pid))
    assert len(addresses) == 2, "the broker and the mail server; the database has no port"
    assert all(address.startswith(LOOPBACK) for address in addresses)


def test_what_was_committed_is_there_after_the_owner_was_killed(
    owner: Child, own_room: Path
) -> None:
    server = EmbeddedPostgres(own_room)
    with psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE fact AS SELECT 7 AS number")
    started = descendants(owner.pid)
    owner.kill()
    wait_until(lambda: not any(map(alive, started)), PATIENCE, "all processes ended")
    with server as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT number FROM fact").fetchone() == (7,)


def test_a_database_that_cannot_start_says_why_and_leaves_no_process(own_room: Path) -> None:
    (own_room / "pgdata").mkdir(mode=0o755)
    before = descendants(os.getpid())
    with pytest.raises(DependencyDown, match="pgdata"), EmbeddedPostgres(own_room):
        pass
    assert descendants(os.getpid()) == before


def test_a_directory_has_one_server_and_a_second_one_is_refused(own_room: Path) -> None:
    with EmbeddedPostgres(own_room) as dsn:
        with pytest.raises(DependencyDown, match="lock file"), EmbeddedPostgres(own_room):
            pass
        psycopg.connect(dsn).close()


def test_half_a_data_directory_is_never_used(own_room: Path) -> None:
    (own_room / "pgdata.new").mkdir()
    (own_room / "pgdata.new" / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(own_room) as dsn, psycopg.connect(dsn) as connection:
        assert connection.info.server_version // 10_000 == 18


def test_an_embedded_commit_survives_a_power_cut(own_room: Path) -> None:
    with EmbeddedPostgres(own_room) as dsn, psycopg.connect(dsn) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}".encode()).fetchone() == ("on",)


def test_a_path_too_long_for_a_socket_is_refused_with_the_way_out(own_room: Path) -> None:
    with pytest.raises(DependencyDown) as refused, EmbeddedPostgres(own_room / ("x" * 90)):
        pass
    assert "shorter" in refused.value.hint


@pytest.mark.kafka
def test_a_broker_killed_and_restarted_answers_on_the_same_port(own_kafka: OwnBroker) -> None:
    before = own_kafka.bootstrap
    own_kafka.kill()
    assert not answers(before)
    own_kafka.start()
    assert answers(before)
    assert own_kafka.bootstrap == before


def test_our_ports_are_never_given_to_an_outgoing_connection() -> None:
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    lowest = min(int(given[0]), int(given[1]))
    assert all(free_port() < lowest for _ in range(100))


@pytest.mark.kafka
def test_a_part_that_was_brought_along_is_not_started(own_room: Path, kafka: str) -> None:
    smtp = "smtp+starttls://agent:secret@mail.example.org:587"
    dsn = "postgresql://db.example.org/holdshort"
    said: list[str] = []
    before = descendants(os.getpid())
    with local_stack(
        own_room, dsn=dsn, kafka=Cluster(kafka), smtp=smtp, tell=said.append
    ) as stack:
        assert (stack.dsn, stack.kafka, stack.smtp) == (dsn, kafka, smtp)
        assert stack.sink is None
        assert descendants(os.getpid()) == before
    assert said == []
