"""Moves are followed as they come, each told once, however late its transaction commits."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import sqlalchemy

from deploy.commands.tail import line
from outbox.desk import Desk
from outbox.queries import reader
from outbox.screens.moves import Follower, Moved, place
from outbox.store import Connection, connect
from tests.deploy.command import Said, holdshort
from tests.parts import journey
from tests.parts.logins import logins_of


def told(follower: Follower, dsn: str) -> list[str]:
    with reader(dsn).connect() as connection:
        return [f"{move.intent} {move.target}" for move in follower.look(connection)]


def test_a_move_is_told_once(dsn: str, db: Connection) -> None:
    follower = Follower(0)
    journey.awaiting(db)

    first, second = told(follower, dsn), told(follower, dsn)

    assert first == ["1 submitted", "1 scoring", "1 scored", "1 awaiting_approval"]
    assert second == []


def test_what_commits_late_is_told_though_a_later_number_was_told_before(
    dsn: str, db: Connection
) -> None:
    follower = Follower(0)
    with connect(dsn, application="tests") as slow:
        with slow.transaction():
            journey.proposed(slow)
            journey.proposed(db)
            early = [told(follower, dsn) for _ in range(3)]
            resume = follower.after
        late = told(follower, dsn)

    assert early == [["2 submitted"], [], []]
    assert late == ["1 submitted"]
    assert told(Follower(resume), dsn) == ["1 submitted", "2 submitted"]


def test_a_place_is_passed_as_soon_as_nothing_can_come_before_it(
    dsn: str, db: Connection
) -> None:
    follower = Follower(0)
    journey.proposed(db)
    told(follower, dsn)
    journey.proposed(db)  # another transaction has begun and ended since

    told(follower, dsn)
    after = follower.after

    [(first, last)] = db.execute("SELECT min(seq), max(seq) FROM outbox.event").fetchall()
    assert first <= after <= last
    assert told(Follower(after), dsn) in ([], ["2 submitted"])


def test_of_one_intent_only_its_own_moves_are_told(dsn: str, db: Connection) -> None:
    journey.proposed(db)
    intent = journey.proposed(db)

    assert told(Follower(0, intent=intent.id), dsn) == ["2 submitted"]


def test_the_last_moves_begin_at_their_place(dsn: str, db: Connection) -> None:
    journey.awaiting(db)

    with reader(dsn).connect() as connection:
        places = [place(connection, last=size) for size in (0, 2, 9)]

    assert [len(told(Follower(after), dsn)) for after in places] == [0, 2, 4]


def tail(dsn: str, *arguments: str) -> Said:
    return holdshort("tail", *arguments, "--once", dsn=logins_of(dsn)["reader"])


def test_people_read_a_line_for_each_move_and_how_to_go_on(dsn: str, db: Connection) -> None:
    journey.awaiting(db, journey.mail("Zebra", to="zoe@zebra.example"))

    said = tail(dsn, "--last", "2")

    assert [text.split("  ", 1)[1].strip() for text in said.out.splitlines()] == [
        "1  scoring -> scored  by scorer",
        "1  scored -> awaiting_approval  by router",
    ]
    assert "next: holdshort tail --after " in said.err
    assert "ebra" not in said.out + said.err


def test_programs_read_json_that_says_where_to_go_on(dsn: str, db: Connection) -> None:
    journey.proposed(db)
    first = [json.loads(text) for text in tail(dsn, "--json").out.splitlines()]
    journey.proposed(db)
    again = tail(dsn, "--json", "--after", str(first[-1]["seq"])).out.splitlines()

    assert {"seq", "intent", "source", "target", "role", "at", "resume"} <= first[0].keys()
    assert first[0]["resume"] <= first[0]["seq"]
    assert [json.loads(text)["intent"] for text in again] == [2]


def test_one_intent_is_followed_until_it_is_final(dsn: str, db: Connection) -> None:
    intent = journey.awaiting(db)
    command = [sys.executable, "-m", "deploy.cli", "tail", str(intent.id), "--json"]
    with subprocess.Popen(
        command, env={**os.environ, "HOLDSHORT_DSN": dsn}, stdout=subprocess.PIPE
    ) as following:
        assert following.stdout is not None
        first = json.loads(following.stdout.readline())
        Desk(db, actor="ada").reject(intent.id, reason="no")
        others = [json.loads(text) for text in following.stdout]
        code = following.wait(timeout=30)

    assert code == 0
    assert [first["target"], others[-1]["target"]] == ["submitted", "rejected"]


def test_a_notice_is_told_as_what_it_is(dsn: str) -> None:
    with reader(dsn).connect() as connection:
        now = connection.scalar(sqlalchemy.func.now())
    of = {"seq": 1, "intent": 7, "version": 1, "target": "in_review", "role": "sweeper"}

    said = line(Moved(**of, source=None, notice="reminded", at=now))  # type: ignore[arg-type]

    assert said.endswith("7  reminded  by sweeper")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_our_commands(shell: str) -> None:
    said = holdshort("completion", shell)

    assert said.code == 0
    assert "_HOLDSHORT_COMPLETE" in said.out


def test_what_bash_asks_is_answered_at_once_and_without_a_database() -> None:
    asked = {"_HOLDSHORT_COMPLETE": "bash_complete", "COMP_WORDS": "holdshort sta"}
    code = "import sys; sys.argv[0] = 'holdshort'; from deploy.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked, "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines() == ["plain,status"]
