"""The mail server of this machine, as seen by the process that starts it."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import quote

from deploy.local.children import Child
from deploy.local.mailbox import Accepted, prepare, read_accepted, read_login
from deploy.local.ports import LOOPBACK, free_port

_PATIENCE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class SmtpEndpoint:
    """Where and how to hand in mail; STARTTLS is required and `ca_file` vouches for it."""

    host: str
    port: int
    login: str
    password: str
    ca_file: Path

    @property
    def url(self) -> str:
        """The same as one setting, but for `ca_file`."""
        login, password = quote(self.login, safe=""), quote(self.password, safe="")
        return f"smtp+starttls://{login}:{password}@{self.host}:{self.port}"


class MailSink:
    """The server in a process of its own; what it took over stays in the directory."""

    program: ClassVar = "deploy.local.mailserver"

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._port = free_port()
        self._running = ExitStack()
        prepare(directory)

    @property
    def endpoint(self) -> SmtpEndpoint:
        known = read_login(self._directory)
        authority = self._directory / "ca.pem"
        return SmtpEndpoint(LOOPBACK, self._port, known.login, known.password, authority)

    def accepted(self) -> list[Accepted]:
        """Every message it ever took over, oldest first, as it counted them itself."""
        return read_accepted(self._directory)

    def raw(self, number: int) -> bytes:
        """The bytes of message `number`, from 1, as they were handed in."""
        return (self._directory / f"{number}.eml").read_bytes()

    def start(self) -> None:
        """Start it; returns once it greets."""
        arguments = ["--directory", str(self._directory), "--port", str(self._port)]
        command = [sys.executable, "-m", self.program, *arguments]
        with ExitStack() as starting:
            child = starting.enter_context(Child(command, log=self._directory / "sink.log"))
            child.wait_until(self._greets, _PATIENCE)
            self._running = starting.pop_all()

    def kill(self) -> None:
        """End it as a crash would; it comes back on the same port, with what it kept."""
        self._running.close()

    def _greets(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self._port), timeout=5) as wire:
                return wire.recv(3) == b"220"
        except OSError:
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
