"""What goes wrong at the command line is said in words: what, why, the next command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.command import holdshort

HOUSE = Path(__file__).parents[2]
NOBODY_LISTENS = "127.0.0.1:9"


@pytest.mark.parametrize(
    ("command", "settings", "code", "why", "next_step"),
    [
        (["list"], {}, 2, "no database", "HOLDSHORT_DSN"),
        (["list"], {"outbond": "on"}, 2, "HOLDSHORT_OUTBOND", "holdshort settings"),
        (["list"], {"dsn": "postgresql://127.0.0.1:9/x"}, 7, "no PostgreSQL", "HOLDSHORT_DSN"),
        (["list"], {"dsn": "not a dsn"}, 7, "no PostgreSQL", "HOLDSHORT_DSN"),
        (["run", "sender"], {"look_every": "soon"}, 2, "HOLDSHORT_LOOK_EVERY", "settings"),
    ],
)
def test_an_error_says_what_why_and_the_next_command(
    command: list[str], settings: dict[str, str], code: int, why: str, next_step: str
) -> None:
    said = holdshort(*command, **settings)

    assert said.code == code, said
    assert why in said.err
    assert next_step in said.err.partition("next: ")[2]
    assert "Traceback" not in said.err
    assert said.out == ""


def test_an_unmigrated_database_says_how_to_migrate(server_dsn: str) -> None:
    said = holdshort("list", dsn=server_dsn)

    assert (said.code, "holdshort migrate" in said.err) == (7, True), said


def test_an_unreachable_broker_is_one_clear_error_at_the_start_of_a_relay(dsn: str) -> None:
    said = holdshort("run", "relay", dsn=dsn, kafka=NOBODY_LISTENS)

    assert said.code == 7
    assert f"no Kafka at {NOBODY_LISTENS}" in said.err
    assert "next: " in said.err


@pytest.mark.parametrize("command", ["demo", "up"])
def test_an_unreachable_broker_that_was_brought_along_is_one_clear_error(command: str) -> None:
    said = holdshort(command, "--kafka", NOBODY_LISTENS)

    assert (said.code, said.out) == (7, "")
    assert f"no Kafka at {NOBODY_LISTENS}\n  next: start it, or leave --kafka out" in said.err


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({}, "HOLDSHORT_SMTP is not set"),
        ({"smtp": "smtps://a:b@127.0.0.1:9"}, "nobody may send anything"),
        ({"smtp": "smtp://a:b@127.0.0.1:9", "smtp_senders": "a@example.com"}, "smtps://"),
    ],
)
def test_a_sender_without_a_safe_way_out_does_not_start(
    dsn: str, settings: dict[str, str], why: str
) -> None:
    said = holdshort("run", "sender", dsn=dsn, **settings)

    assert (said.code, why in said.err) == (2, True), said


def test_a_failpoint_is_refused_where_mail_could_leave_this_machine(dsn: str) -> None:
    said = holdshort(
        "run",
        "sender",
        dsn=dsn,
        smtp="smtps://a:b@mail.example.org",
        smtp_senders="a@example.com",
        failpoint="after_dot",
    )

    assert (said.code, "mail.example.org is beyond this machine" in said.err) == (2, True), said


def test_a_python_that_is_too_old_is_told_so() -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 0)\n"
        "runpy.run_path('deploy/check_python.py')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False
    )

    assert done.returncode == 7
    assert "Python 3.11 or newer is needed, this is 3.9" in done.stderr
    assert "next: make PYTHON=" in done.stderr
