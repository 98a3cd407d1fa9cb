"""One round: hand mails in, let the worker be killed, start it again, wait, count."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from deploy.bench.environments import python_of
from deploy.local.children import Child
from deploy.local.databases import temporary_database, url
from deploy.local.stack import Stack
from outbox.errors import DependencyDown
from tests.peers.contestants import Contestant
from tests.peers.judging import Books, Round
from tests.peers.server import Moment, StrikingSink, Victim

STRIKE_WITHIN = dt.timedelta(seconds=90)
STEP_WITHIN = 120  # seconds
GLANCE = 1.0  # seconds between two looks at the books
QUIET = 45.0  # seconds without any change after which nothing will come any more


@dataclass(frozen=True, slots=True)
class Trial:
    """What happens in a round: the worker dies at mail `number` of so many."""

    mails: int
    moment: Moment
    number: int


class Stage:
    """One contestant with one database and one mail server."""

    def __init__(self, one: Contestant, room: Path, sink: StrikingSink, dsn: str) -> None:
        self._one = one
        self._room = room
        self._sink = sink
        self._dsn = dsn

    def play(self, trial: Trial) -> Round:
        environment = self._environment(trial.mails)
        self._step("hand-in", environment)
        with ExitStack() as running:
            for arguments in self._one.beside:
                running.enter_context(self._start(arguments, environment))
            with self._start(self._one.work, environment) as worker:
                self._sink.aim(Victim(worker.pid, trial.moment, trial.number))
                worker.ended(STRIKE_WITHIN)
            books = self._at_rest(environment)
        return Round(
            handed_in=[f"mail-{number}" for number in range(1, trial.mails + 1)],
            accepted=self._accepted(),
            struck=_key(self._sink.struck()),
            books=books,
        )

    def _at_rest(self, environment: Mapping[str, str]) -> Books:
        """Run the worker again, as often as it ends, until nothing is open or moves."""
        with ExitStack() as running:
            worker = running.enter_context(self._start(self._one.work, environment))
            seen, since = None, monotonic()
            while monotonic() - since < QUIET:
                worker.ended(dt.timedelta(seconds=GLANCE))
                now = (self._books(environment), self._accepted())
                if not now[0].open:
                    return now[0]
                if now != seen:
                    seen, since = now, monotonic()
                if worker.exit_code is not None:
                    worker = running.enter_context(self._start(self._one.work, environment))
            return self._books(environment)

    def _books(self, environment: Mapping[str, str]) -> Books:
        said = json.loads(self._step("books", environment).splitlines()[-1])
        return Books(**{name: frozenset(keys) for name, keys in said.items()})

    def _accepted(self) -> list[str]:
        return [_key(to) or "" for mail in self._sink.accepted() for to in mail.rcpt_to]

    def _start(self, arguments: tuple[str, ...], environment: Mapping[str, str]) -> Child:
        command = [python_of(self._one.package), "-m", *arguments]
        return Child(command, log=self._room / f"{arguments[-1]}.log", env=environment)

    def _step(self, step: str, environment: Mapping[str, str]) -> str:
        command = [python_of(self._one.package), "-m", self._one.adapter, step]
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=STEP_WITHIN,
        )
        if done.returncode != 0:
            raise DependencyDown(f"{self._one.name}, {step}: {done.stderr[-2000:]}")
        return done.stdout

    def _environment(self, mails: int) -> dict[str, str]:
        """What every process of the round is told; Holdshort is told its own settings, too."""
        at = self._sink.endpoint
        ours = Stack(self._dsn, "", at.url, at.ca_file, self._sink).environment(self._dsn)
        if self._one.package != "holdshort":
            ours = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
        return {
            **ours,
            "PEER_MAILS": str(mails),
            "PEER_DSN": self._dsn,
            "PEER_FILE": str(self._room / "peer.db"),
            "PEER_SMTP_HOST": "localhost",
            "PEER_SMTP_PORT": str(at.port),
            "PEER_SMTP_LOGIN": at.login,
            "PEER_SMTP_PASSWORD": at.password,
            "SSL_CERT_FILE": str(at.ca_file),
            "TMPDIR": str(self._room),
            **self._one.settings,
        }


@contextmanager
def stage_of(one: Contestant, room: Path, server: str) -> Iterator[Stage]:
    """A stage in an empty directory, with a database of its own on `server`."""
    room.mkdir()
    with temporary_database(server) as dsn, StrikingSink(room / "mail") as sink:
        yield Stage(one, room, sink, url(dsn))


def _key(address: str | None) -> str | None:
    return address.partition("@")[0] if address else None
