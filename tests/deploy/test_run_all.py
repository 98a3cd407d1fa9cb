"""`holdshort run all`: every stage in its own process, restarted when it dies."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from consumers import keyfile
from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import ROLES
from tests.parts.notifying import told_and_untold
from tests.parts.processes import descendants
from tests.parts.waiting import wait_until

PATIENCE = dt.timedelta(seconds=60)
PROCESSES = len(ROLES) + 1
"""A notifier, too, since it is said whom to tell."""


@pytest.fixture
def port() -> int:
    """The first of the health ports."""
    return free_port()


@pytest.fixture
def everything(
    dsn: str, kafka: str, sink: MailSink, port: int, tmp_path: Path
) -> Iterator[Child]:
    stack = Stack(dsn, kafka, sink.endpoint.url, sink.endpoint.ca_file, sink)
    key = tmp_path / "attest.pem"
    keyfile.create(key)
    environment = stack.environment(
        dsn,
        smtp_senders="a@example.com",
        http=f"{LOOPBACK}:{port}",
        attest_key_file=str(key),
        notify=str(told_and_untold(tmp_path, sink)),
    )
    command = [sys.executable, "-m", "deploy.cli", "run", "all"]
    with Child(command, log=tmp_path / "all.log", env=environment) as child:
        yield child


def ready(port: int) -> bool:
    try:
        with urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5) as answer:
            return bool(answer.read() == b"ready\n")
    except URLError:
        return False


def all_ready(first: int) -> bool:
    return all(ready(first + place) for place in range(PROCESSES))


@pytest.mark.kafka
def test_every_stage_runs_again_after_it_died_until_sigterm_drains_them_all(
    everything: Child, port: int
) -> None:
    wait_until(lambda: all_ready(port), PATIENCE, "every process is ready")
    before = descendants(everything.pid)

    for process in before:
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: len(descendants(everything.pid) - before) == PROCESSES, PATIENCE, "new")
    wait_until(lambda: all_ready(port), PATIENCE, "every process is ready again")
    everything.signal(signal.SIGTERM)

    assert everything.ended(PATIENCE)
    assert everything.exit_code == 0
    assert descendants(everything.pid) == set()
