"""Debian's Postfix in a directory of its own, for as long as a block lasts.

The machine's own instance is neither used nor disturbed.  What was taken over is read
from Postfix's log, so that neither our channel nor our mail sink is believed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from contextlib import ExitStack
from datetime import timedelta
from functools import cache
from pathlib import Path

from deploy.local.children import Child
from deploy.local.ports import LOOPBACK
from deploy.local.sink import SmtpEndpoint
from tests.parts import postfix_settings
from tests.parts.postfix_log import Mail, open_conversations, taken_over
from tests.parts.processes import born_with
from tests.parts.waiting import wait_until

_PATIENCE = timedelta(seconds=15)
_ON_A_LEASH = ("/bin/sh", "-c", 'trap "kill -KILL 0" TERM; "$@" & wait', "sh")
"""Postfix changes users, which takes the leash off it; so this holds it, and all daemons
are in its process group (`-d` keeps them there)."""
_PROGRAMS = ("postconf", "postlog", "saslpasswd2")


def missing() -> str:
    """Why Postfix cannot run here, and what it needs; empty if it can."""
    if os.geteuid() == 0 and all(map(shutil.which, _PROGRAMS)):
        return ""
    return "no Postfix: it needs root and the packages postfix, sasl2-bin, libsasl2-modules"


@cache
def version() -> str:
    return _setting("mail_version")


class Postfix:
    """A running Postfix; `more` is what its `main.cf` says besides."""

    def __init__(self, directory: Path, **more: str) -> None:
        self._directory = directory
        self._running = ExitStack()
        self.known = postfix_settings.prepare(directory, more)

    @property
    def endpoint(self) -> SmtpEndpoint:
        known = self.known
        return SmtpEndpoint(
            LOOPBACK, known.starttls_port, known.login, known.password, known.ca_file
        )

    def accepted(self) -> list[Mail]:
        """Every mail it ever took over, in the order they came, once all is quiet."""
        wait_until(self._is_quiet, _PATIENCE, "Postfix is done with what it was told")
        self._wait_until_all_is_logged()
        return taken_over(self._log.read_text("utf-8"))

    def start(self) -> None:
        """Start it; returns once it greets."""
        command = (*_ON_A_LEASH, Path(_setting("daemon_directory")) / "master", "-d")
        environment = {**os.environ, "MAIL_CONFIG": str(self._directory)}
        with ExitStack() as starting:
            starting.callback(self._wait_until_gone)
            master = Child(command, log=self._log, orphaned=signal.SIGTERM, env=environment)
            starting.enter_context(master)
            master.wait_until(self._greets, _PATIENCE)
            self._running = starting.pop_all()
            self._master = master

    def kill(self) -> None:
        """End it as a crash would; it comes back on the same ports, with its queue."""
        self._running.close()

    @property
    def _log(self) -> Path:
        return self._directory / "mail.log"

    def _is_quiet(self) -> bool:
        if open_conversations(self._master.said()) > 0:
            return False
        queues = (self._directory / "queue" / name for name in postfix_settings.QUEUES)
        return not any(_is_whole(entry) for queue in queues for entry in queue.rglob("*"))

    def _wait_until_all_is_logged(self) -> None:
        """The lines of all daemons wait in one queue for who writes them: wait for our own."""
        mark = secrets.token_hex(8)
        command = ["postlog", "-c", str(self._directory), mark]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        wait_until(lambda: mark in self._master.said(), _PATIENCE, "Postfix's log is written")

    def _wait_until_gone(self) -> None:
        mark = f"MAIL_CONFIG={self._directory}"
        wait_until(lambda: not born_with(mark), _PATIENCE, "Postfix and its daemons end")

    def _greets(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.known.starttls_port), 5) as wire:
                return wire.recv(3) == b"220"
        except OSError:
            return False

    def __enter__(self) -> Postfix:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _is_whole(entry: Path) -> bool:
    """Half a mail, as a crash may leave it, is not marked as executable: nobody sends it."""
    return entry.is_file() and os.access(entry, os.X_OK)


def _setting(name: str) -> str:
    command = ["postconf", "-dh", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
    return done.stdout.strip()
