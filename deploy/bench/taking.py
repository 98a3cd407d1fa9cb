"""The mail server that answers at once, as seen by who measures."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import quote

from deploy.local.children import Child
from deploy.local.mailbox import prepare, read_login
from deploy.local.ports import LOOPBACK, free_port

_PATIENCE = timedelta(seconds=15)
_GLANCE = 0.05


class Taking:
    """Runs it in a process of its own, for as long as the block lasts."""

    def __init__(self, room: Path) -> None:
        self._room = room / "taking"
        self._port = free_port()
        self._running = ExitStack()
        prepare(self._room)
        self.ca_file = self._room / "ca.pem"

    @property
    def url(self) -> str:
        """Where to hand in mail, and as whom."""
        known = read_login(self._room)
        login, password = quote(known.login, safe=""), quote(known.password, safe="")
        return f"smtps://{login}:{password}@{LOOPBACK}:{self._port}"

    def __enter__(self) -> Self:
        place = ("--directory", str(self._room), "--port", str(self._port))
        command = [sys.executable, "-m", "deploy.bench.sink", *place]
        self._child = self._running.enter_context(Child(command, log=self._room / "log"))
        self._child.wait_until(lambda: bool(self._child.said()), _PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def counted(self, expected: int) -> tuple[int, int]:
        """How many mails it took over, and how many of them more than once."""
        deadline = time.monotonic() + _PATIENCE.total_seconds()
        while True:
            said = json.loads(self._child.said().splitlines()[-1])
            if said["taken"] >= expected or time.monotonic() > deadline:
                return said["taken"], said["twice"]
            time.sleep(_GLANCE)

    @property
    def pid(self) -> int:
        return self._child.pid


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
