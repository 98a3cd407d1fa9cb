"""What a process says of itself, asked over real HTTP."""

from __future__ import annotations

import socket
from http.client import HTTPConnection

import pytest
from prometheus_client import CollectorRegistry, Counter

from deploy.health import database_ready, health
from outbox.errors import BadSettings
from outbox.gauges import StateGauges
from outbox.queries import reader
from outbox.store import Connection

LOOPBACK = "127.0.0.1:0"
NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


def get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    told = (answer.status, answer.read().decode())
    connection.close()
    return told


def ready() -> list[str]:
    return []


def test_a_process_that_answers_is_alive_even_if_nothing_is_ready() -> None:
    with health(LOOPBACK, ready=lambda: ["the database is away", "no mail server"]) as port:
        assert get(port, "/livez") == (200, "alive\n")
        assert get(port, "/readyz") == (503, "the database is away\nno mail server\n")


def test_ready_is_asked_anew_each_time() -> None:
    reasons = ["starting"]

    with health(LOOPBACK, ready=lambda: reasons) as port:
        before = get(port, "/readyz")
        reasons.clear()
        after = get(port, "/readyz")

    assert (before, after) == ((503, "starting\n"), (200, "ready\n"))


def test_metrics_are_in_the_text_that_prometheus_reads() -> None:
    registry = CollectorRegistry()
    Counter("sends_total", "Sends.", registry=registry).inc(3)

    with health(LOOPBACK, ready=ready, registry=registry) as port:
        status, text = get(port, "/metrics")

    assert status == 200
    assert "sends_total 3.0\n" in text


def test_a_database_that_is_down_is_unready_alive_and_still_scraped() -> None:
    registry = CollectorRegistry()
    registry.register(StateGauges(reader(NOBODY).connect))

    with health(LOOPBACK, ready=database_ready(NOBODY), registry=registry) as port:
        status, reason = get(port, "/readyz")
        assert status == 503
        assert reason.startswith("no PostgreSQL")
        assert get(port, "/livez")[0] == 200
        assert get(port, "/metrics")[0] == 200


def test_a_migrated_database_is_ready(dsn: str) -> None:
    assert database_ready(dsn)() == []


def test_a_database_of_another_version_is_not_ready(dsn: str, db: Connection) -> None:
    db.execute("UPDATE outbox.alembic_version SET version_num = '0000'")

    [reason] = database_ready(dsn)()

    assert reason.startswith("the database is at revision 0000, ")


def test_a_database_without_our_schema_is_not_ready(server_dsn: str) -> None:
    assert database_ready(server_dsn)() == [
        "the database has no schema of ours: UndefinedTable"
    ]


def test_other_paths_are_not_found() -> None:
    with health(LOOPBACK, ready=ready) as port:
        assert get(port, "/")[0] == 404
        assert get(port, "/metrics?name=x")[0] == 200


def test_an_address_in_use_is_said_by_its_setting() -> None:
    with health(LOOPBACK, ready=ready) as port:
        taken = f"127.0.0.1:{port}"
        with (
            pytest.raises(BadSettings, match=f"HOLDSHORT_HTTP={taken}: Address already"),
            health(taken, ready=ready),
        ):
            pass


def test_nothing_listens_any_more_afterwards() -> None:
    with health(LOOPBACK, ready=ready) as port:
        assert get(port, "/livez")[0] == 200

    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_without_an_address_nothing_listens() -> None:
    with health("", ready=ready) as port:
        assert port == 0
