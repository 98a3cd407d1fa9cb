"""How a failpoint is armed, what it does, and where it is refused."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from deploy.commands.operate import EVERY_ROLE
from deploy.destinations import destinations
from outbox.errors import BadSettings
from outbox.failpoints import VARIABLE, Point, Reached, arm, reach
from outbox.settings import Settings
from tests.deploy.command import holdshort

HERE = ("", "127.0.0.1", "127.8.8.8", "::1", "localhost", "/run/postgresql", "@socket")
BEYOND = ("mail.example.org", "10.0.0.1", "0.0.0.0", "localhost.example.org", "::")


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    arm({}, destinations=())


def armed(asked: str, *destinations: str) -> None:
    arm({VARIABLE: asked}, destinations=destinations)


def test_disarmed_nothing_happens_at_any_point() -> None:
    arm({}, destinations=BEYOND)

    for point in Point:
        reach(point)


def test_an_armed_point_acts_once_and_at_no_other_point() -> None:
    armed("after_claim=raise")

    reach(Point.AFTER_DOT)
    with pytest.raises(Reached, match="after_claim"):
        reach(Point.AFTER_CLAIM)
    reach(Point.AFTER_CLAIM)


def test_it_acts_at_the_time_that_is_named() -> None:
    armed("after_claim=raise@3, after_dot=raise")

    reach(Point.AFTER_CLAIM)
    reach(Point.AFTER_CLAIM)
    with pytest.raises(Reached):
        reach(Point.AFTER_CLAIM)
    with pytest.raises(Reached):
        reach(Point.AFTER_DOT)


def test_nothing_that_handles_exceptions_handles_a_crash() -> None:
    assert not issubclass(Reached, Exception)


def test_sleep_takes_its_milliseconds(capfd: pytest.CaptureFixture[str]) -> None:
    armed("after_claim=sleep:50")
    began = time.monotonic()

    reach(Point.AFTER_CLAIM)

    assert time.monotonic() - began >= 0.05
    assert capfd.readouterr().err == "failpoint after_claim: sleep\n"


@pytest.mark.parametrize("asked", ["after_dot", "after_dot=kill", "after_dot=kill@2"])
def test_kill_ends_the_process_before_its_next_step(asked: str) -> None:
    code = (
        "import os; from outbox.failpoints import *\n"
        "arm(os.environ, destinations=[])\n"
        "reach(Point.AFTER_DOT); reach(Point.AFTER_DOT); print('alive')"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], env={VARIABLE: asked}, capture_output=True, check=False
    )

    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "afterdot",
            "after_dot=explode",
            "after_dot=sleep",
            "after_dot=kill:5",
            "after_dot@0",
        ),
        *("after_dot,", ",", "after_dot=", "AFTER_DOT", "after_dot=kill@two", " "),
    ],
)
def test_what_is_no_point_or_no_action_is_refused_and_arms_nothing(asked: str) -> None:
    with pytest.raises(BadSettings, match=VARIABLE):
        armed(f"after_dot=raise,{asked}")

    reach(Point.AFTER_DOT)


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_loopback_and_its_sockets(host: str) -> None:
    armed("after_dot=raise", host)

    with pytest.raises(Reached):
        reach(Point.AFTER_DOT)


@pytest.mark.parametrize("host", BEYOND)
def test_it_is_refused_where_any_destination_is_beyond_this_machine(host: str) -> None:
    with pytest.raises(BadSettings, match="beyond this machine"):
        armed("after_dot=raise", "127.0.0.1", host)

    reach(Point.AFTER_DOT)


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        ({"dsn": "postgresql://ada@db.example.org/x"}, {"db.example.org", ""}),
        ({"dsn": "host=127.0.0.1,db2 port=1"}, {"127.0.0.1", "db2", ""}),
        ({"dsn": "host=localhost hostaddr=10.0.0.1"}, {"localhost", "10.0.0.1"}),
        ({"dsn": "postgresql://postgres@/x?host=%2Frun%2Fpg"}, {"/run/pg", ""}),
        ({"dsn": "service=live"}, {"the database of service live", ""}),
        ({"kafka": "127.0.0.1:1,kafka.example.org:9092"}, {"127.0.0.1", "kafka.example.org"}),
        ({"smtp": "smtps://a:b@mail.example.org"}, {"mail.example.org"}),
        ({}, set()),
    ],
)
def test_every_configured_host_is_a_destination(
    settings: dict[str, str], hosts: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)

    assert set(destinations(Settings.model_validate(settings))) == hosts


def test_a_host_that_only_libpq_knows_is_a_destination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example.org")

    assert "db.example.org" in set(destinations(Settings(dsn="dbname=x")))


@pytest.mark.parametrize(
    "command",
    [
        *(("run", role) for role in (*EVERY_ROLE, "all")),
        ("outbound", "on", "--by", "ada"),
        ("migrate",),
        ("withdraw", "1", "--reason", "r", "--by", "ada"),
    ],
)
def test_every_command_refuses_to_start_armed_where_its_database_is_elsewhere(
    command: tuple[str, ...],
) -> None:
    said = holdshort(*command, dsn="postgresql://192.0.2.1/x", failpoint="after_dot")

    assert (said.code, "192.0.2.1 is beyond this machine" in said.err) == (2, True), said
