"""A private Postfix leaves nothing behind, however it ends."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts.postfix import Postfix, missing
from tests.parts.processes import born_with
from tests.parts.waiting import wait_until

PATIENCE = dt.timedelta(seconds=10)
OWNER = """
import os, signal, sys
from pathlib import Path
from tests.parts.postfix import Postfix

with Postfix(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""It starts a Postfix and gets no chance to end it."""


@pytest.fixture
def directory(own_room: Path) -> Path:
    if why := missing():
        pytest.skip(why)
    return own_room / "postfix"


def test_no_daemon_is_left_after_the_block(directory: Path) -> None:
    with Postfix(directory):
        assert born_with(str(directory))

    assert born_with(str(directory)) == set()


def test_no_daemon_is_left_when_the_owner_is_killed(directory: Path) -> None:
    done = subprocess.run([sys.executable, "-c", OWNER, str(directory)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert "daemon started" in (directory / "mail.log").read_text()
    wait_until(lambda: not born_with(str(directory)), PATIENCE, "all daemons end")
