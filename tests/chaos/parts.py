"""The parts of a run that a fault may strike: the database, the broker, the workers."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from deploy.local.broker import EmbeddedBroker
from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from schemas.migrate import upgrade
from tests.chaos.plan import SEND_LEASE, SENDER_THREADS
from tests.parts.servers import OwnDatabase

SENDER = "billing@example.com"


class Parts:
    """Everything that runs.  All of it ends with the block."""

    def __init__(self, room: Path) -> None:
        self._all = ExitStack()
        self.database = OwnDatabase(room / "postgres")
        self.broker = EmbeddedBroker(room / "broker")
        self.sink = MailSink(room / "mail")
        self._room = room

    def workers(self) -> Supervisor:
        """A supervisor whose processes send to the sink, and nowhere else."""
        end = self.sink.endpoint
        stack = Stack(self.database.dsn, self.broker.bootstrap, end.url, end.ca_file, self.sink)
        environment = stack.environment(
            self.database.dsn,
            smtp_senders=SENDER,
            send_lease=f"{SEND_LEASE.total_seconds():.0f}s",
            look_every="500ms",
            sender_threads=str(SENDER_THREADS),
        )
        return Supervisor(self._room, environment)

    def __enter__(self) -> Parts:
        with ExitStack() as starting:
            starting.enter_context(self.database)
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
