"""How the installation stands, on one screen, with what somebody should see to first."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from itertools import islice

import pytest

from deploy.bench.flat.rewriting import rewriting
from deploy.status import lines, span, status
from outbox.desk import Desk, Outbound
from outbox.ledger import Ledger
from outbox.queries import reader
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.logins import logins_of

SCREEN = 24
"""Lines of the smallest terminal."""
LATER = dt.timedelta(minutes=10)
DAY = 86400


def test_what_is_stranded_comes_first_and_is_the_exit_code(dsn: str, db: Connection) -> None:
    journey.stranded(db, Ledger(db, worker="sender-1"))
    journey.proposed(db)

    said = holdshort("status", dsn=logins_of(dsn)["reader"])

    assert said.code == 8
    head, first, next, *others = said.out.splitlines()
    assert "sending is on" in head
    assert first.startswith("BAD  1 stranded, the first for ")
    assert next.strip() == "next: holdshort list --state stranded"
    waits = [line.split()[0] for line in others if line.startswith("  s")]
    assert waits[:2] == ["stranded", "submitted"]
    assert len(said.out.splitlines()) <= SCREEN


def test_an_installation_in_which_nothing_is_wrong_says_so_by_its_exit_code(
    dsn: str, db: Connection
) -> None:
    journey.switch_on(db)

    said = holdshort("status", dsn=dsn)

    assert said.code == 0
    assert "BAD" not in said.out


def test_a_program_is_told_everything_in_one_line_of_json(dsn: str, db: Connection) -> None:
    journey.stranded(db, Ledger(db, worker="sender-1"))

    told = holdshort("status", "--json", dsn=dsn).json

    assert told["numbers"]["stranded"] == 1  # type: ignore[index]
    assert told["wrong"][0]["next"] == "holdshort list --state stranded"  # type: ignore[index]
    assert {"switch", "waiting", "due", "system", "processes", "at"} <= told.keys()


def wrong(dsn: str) -> dict[str, str]:
    """Which command goes on from what is wrong."""
    with reader(dsn).connect() as connection:
        return {one.next: one.what for one in status(connection).wrong}


def later(db: Connection) -> None:
    """As if everything had happened ten minutes ago."""
    with rewriting(db, "event", "receipt"):
        for table in ("event", "receipt"):
            db.execute(f"UPDATE outbox.{table} SET at = at - %s".encode(), [LATER])
    db.execute("UPDATE outbox.intent SET due_at = due_at - %s", [LATER])


def test_what_no_process_does_names_the_one_that_would(dsn: str, db: Connection) -> None:
    journey.proposed(db)
    at_once = wrong(dsn)
    later(db)

    assert at_once == {}
    told = wrong(dsn)
    assert {*told} == {f"holdshort run {role}" for role in ("scorer", "relay", "attester")}
    assert told["holdshort run scorer"] == "the oldest is due to score for 10m"


def test_approved_intents_and_a_switch_that_is_off_are_told(dsn: str, db: Connection) -> None:
    journey.approved(db)
    Desk(db, actor="ada").flip(Outbound.OFF)
    off = wrong(dsn)
    later(db)
    journey.switch_on(db)

    assert off == {"holdshort outbound on --by NAME": "sending is off, and 1 approved wait"}
    assert "holdshort run sender" in wrong(dsn)
    assert "holdshort outbound on --by NAME" not in wrong(dsn)


def test_sending_that_is_on_and_was_never_armed_is_told(dsn: str, db: Connection) -> None:
    journey.switch_on(db)
    with rewriting(db, "epoch"):
        db.execute("DELETE FROM outbox.epoch")

    assert "holdshort arm --by NAME" in wrong(dsn)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0s"), (59.9, "59s"), (185, "3m 5s"), (7800, "2h 10m"), (DAY * 4 + 3600, "4d 1h")],
)
def test_a_span_is_said_in_its_two_largest_units(seconds: float, said: str) -> None:
    assert span(dt.timedelta(seconds=seconds)) == said


def test_nothing_of_what_a_mail_says_is_on_the_screen(dsn: str, db: Connection) -> None:
    journey.awaiting(db, journey.mail("Zebra", to="zoe@zebra.example"))

    with reader(dsn).connect() as connection:
        screen = "\n".join(lines(status(connection)))

    assert "awaiting_approval" in screen
    assert not any(word in screen for word in ("Zebra", "zebra", "@"))


def test_top_looks_once_where_it_is_asked_to(dsn: str, db: Connection) -> None:
    journey.proposed(db)

    said = holdshort("top", "--once", dsn=dsn)

    assert said.code == 0
    assert "submitted" in said.out
    assert "\x1b" not in said.out


def test_top_says_how_many_moves_a_second_there_were_since(dsn: str, db: Connection) -> None:
    command = [sys.executable, "-m", "deploy.cli", "top", "--json", "--every", "100ms"]
    with subprocess.Popen(
        command, env={**os.environ, "HOLDSHORT_DSN": dsn}, stdout=subprocess.PIPE
    ) as top:
        assert top.stdout is not None
        first = json.loads(top.stdout.readline())
        journey.proposed(db)
        rates = [json.loads(line)["moves_per_second"] for line in islice(top.stdout, 20)]
        top.terminate()

    assert first["moves_per_second"] == {}
    assert [rate.keys() for rate in rates if rate] == [{"submitted"}]  # and told once


def test_without_a_database_status_says_what_to_do_and_ends_with_its_code() -> None:
    said = holdshort("status", dsn="postgresql://nobody@127.0.0.1:1/nothing")

    assert said.code == 7
    assert "next: " in said.err
