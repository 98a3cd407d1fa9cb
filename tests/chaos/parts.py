"""The parts of a run that a fault may strike: the database, the broker, the workers."""

from __future__ import annotations

import datetime as dt
import os
import signal
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from types import TracebackType

from deploy.local.broker import EmbeddedBroker
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink
from deploy.local.stack import Stack, key_in
from deploy.supervisor import Supervisor
from outbox.errors import DependencyDown
from schemas.migrate import upgrade
from tests.chaos.plan import SEND_LEASE, SENDER_THREADS

SENDER = "billing@example.com"
CHECKPOINTS = "checkpoints"
_PATIENCE = dt.timedelta(minutes=1)


class Database:
    """A server that may be ended in any way; it comes back with what was committed."""

    def __init__(self, directory: Path) -> None:
        self._server = EmbeddedPostgres(directory)
        self._note = directory.resolve() / "pgdata" / "postmaster.pid"

    @property
    def dsn(self) -> str:
        return self._server.dsn

    def start(self) -> None:
        """Backends of a killed server may live on for a moment: nothing starts beside them."""
        deadline = monotonic() + _PATIENCE.total_seconds()
        while True:
            try:
                self._server.__enter__()
            except DependencyDown:
                if monotonic() > deadline:
                    raise
            else:
                return

    def restart(self, how: signal.Signals) -> None:
        """SIGINT is a fast shutdown, SIGQUIT an immediate one, SIGKILL none at all."""
        os.kill(int(self._note.read_text().split("\n")[0]), how)
        self.stop()
        self.start()

    def stop(self) -> None:
        self._server.__exit__(None, None, None)


class Parts:
    """Everything that runs.  All of it ends with the block."""

    def __init__(self, room: Path) -> None:
        self._all = ExitStack()
        self.database = Database(room / "postgres")
        self.broker = EmbeddedBroker(room / "broker")
        self.sink = MailSink(room / "mail")
        self.room = room

    def workers(self) -> Supervisor:
        """A supervisor whose processes send to the sink, and nowhere else."""
        end = self.sink.endpoint
        dsn, kafka = self.database.dsn, self.broker.bootstrap
        key = key_in(self.room)
        stack = Stack(dsn, kafka, end.url, end.ca_file, self.sink, attest_key=key)
        environment = stack.environment(
            dsn,
            smtp_senders=SENDER,
            send_lease=f"{SEND_LEASE.total_seconds():.0f}s",
            look_every="500ms",
            checkpoints=str(self.room / CHECKPOINTS),
            sender_threads=str(SENDER_THREADS),
        )
        return Supervisor(self.room, environment)

    def __enter__(self) -> Parts:
        with ExitStack() as starting:
            self.database.start()
            starting.callback(self.database.stop)
            self.broker.start()
            starting.callback(self.broker.kill)
            starting.enter_context(self.sink)
            upgrade(self.database.dsn)
            self._all = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._all.close()
