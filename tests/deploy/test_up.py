"""`holdshort up`: the whole pipeline on one machine, until Ctrl-C."""

from __future__ import annotations

import datetime as dt
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.children import Child
from deploy.local.mailbox import read_accepted
from deploy.watching import Watch
from outbox.lifecycle import State
from outbox.queries import reader
from tests.deploy.command import holdshort
from tests.parts.journey import mail
from tests.parts.processes import descendants

PATIENCE = dt.timedelta(seconds=60)


@pytest.fixture
def up(own_room: Path) -> Iterator[Child]:
    command = [sys.executable, "-m", "deploy.cli", "up", "--directory", str(own_room / "up")]
    with Child(command, log=own_room / "up.log") as child:
        child.wait_until(lambda: "next, in another terminal" in child.said(), PATIENCE)
        yield child


def told_by(up: Child, name: str) -> str:
    found = re.search(rf"export HOLDSHORT_{name}='(.*)'", up.said())
    assert found is not None
    return found[1]


def test_a_mail_goes_all_the_way_by_the_command_line_and_ctrl_c_leaves_nothing(
    up: Child, own_room: Path
) -> None:
    dsn = told_by(up, "DSN")
    signing = {"approvals": told_by(up, "APPROVALS"), "key_file": told_by(up, "KEY_FILE")}
    watch = Watch(reader(dsn), PATIENCE)
    proposal = mail().model_copy(update={"sender": "agent@example.com"}).model_dump_json()
    submit = ("submit", "-", "--key", "k", "--producer", "tests")
    holdshort(*submit, stdin=proposal, dsn=dsn)
    watch.until(lambda n: bool(n[State.IN_REVIEW] + n[State.AWAITING_APPROVAL]), "is scored")
    [intent] = watch.in_state(State.IN_REVIEW)

    digest = str(holdshort("show", str(intent.id), "--json", dsn=dsn).json["digest"])
    yes = ("approve", "1", "--digest", digest, "--by", "ada")
    assert holdshort(*yes, dsn=dsn, **signing).code == 0
    holdshort("outbound", "on", "--by", "ada", dsn=dsn)
    watch.until(lambda n: n[State.SENT] == 1, "is sent")
    processes = descendants(up.pid)
    up.signal(signal.SIGINT)

    assert signing["approvals"] == "signed"
    assert up.ended(PATIENCE)
    assert up.exit_code == 0, up.said()
    assert len(read_accepted(own_room / "up" / "mail")) == 1
    assert len(processes) >= 8
    assert descendants(up.pid) == set()
