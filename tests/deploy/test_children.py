"""No child outlives its owner, and none ends before it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from deploy.local import leash
from deploy.local.children import Child
from outbox.errors import DependencyDown

MOMENT = timedelta(milliseconds=200)
PATIENCE = timedelta(seconds=10)
SLEEPER = ("/bin/sh", "-c", "echo asleep; exec sleep 600")
DEAF = ("/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done")


def test_a_child_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    children: list[Child] = []

    def start() -> None:
        children.append(Child(SLEEPER, log=tmp_path / "log"))
        children[0].wait_until(lambda: "asleep" in children[0].said(), PATIENCE)

    thread = Thread(target=start)
    thread.start()
    thread.join()
    with children[0] as child:
        assert not child.ended(MOMENT)


def test_a_program_whose_owner_is_already_gone_never_starts(tmp_path: Path) -> None:
    nobody_s_pid = "0"
    trace = tmp_path / "it-ran"
    command = ["/bin/sh", "-c", f"touch {trace}"]
    arguments = [nobody_s_pid, str(int(signal.SIGKILL)), "", *command]
    ended = subprocess.run([sys.executable, leash.__file__, *arguments], check=False)
    assert ended.returncode != 0
    assert not trace.exists()


def test_a_child_that_will_not_listen_is_killed(tmp_path: Path) -> None:
    child = Child(DEAF, log=tmp_path / "log")
    child.wait_until(lambda: "deaf" in child.said(), PATIENCE)
    child.stop(signal.SIGTERM, within=MOMENT)
    assert child.exit_code == -signal.SIGKILL


def test_a_child_that_ends_too_soon_is_quoted(tmp_path: Path) -> None:
    command = ("/bin/sh", "-c", "echo no disk left; exit 3")
    child = Child(command, log=tmp_path / "log")
    with pytest.raises(DependencyDown, match="ended with 3: no disk left"):
        child.wait_until(lambda: False, PATIENCE)


def test_a_child_is_quoted_without_what_an_earlier_one_said(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("an earlier one\n")
    child = Child(("/bin/echo", "a later one"), log=log)
    assert child.ended(PATIENCE)
    assert child.said() == "a later one\n"


def test_ctrl_c_in_the_terminal_reaches_the_owner_alone(tmp_path: Path) -> None:
    with Child(SLEEPER, log=tmp_path / "log") as child:
        assert os.getsid(child.pid) != os.getsid(0)
