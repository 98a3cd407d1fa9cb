"""The parts of a run that a fault may strike: servers, lines and workers."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from deploy.local.broker import EmbeddedBroker
from deploy.local.logins import logins
from deploy.local.ports import LOOPBACK
from deploy.local.sink import MailSink, SmtpEndpoint
from deploy.local.stack import Stack, key_in
from deploy.supervisor import Supervisor
from schemas.migrate import upgrade
from tests.chaos.plan import SEND_LEASE, SENDER_THREADS
from tests.parts.proxy import DatabaseProxy, Proxy
from tests.parts.servers import OwnDatabase

SENDER = "billing@example.com"
CHECKPOINTS = "checkpoints"


class Parts:
    """Everything that runs.  All of it ends with the block."""

    def __init__(self, room: Path) -> None:
        self._all = ExitStack()
        self.database = OwnDatabase(room / "postgres")
        self.broker = EmbeddedBroker(room / "broker")
        self.sink = MailSink(room / "mail")
        self.room = room

    def workers(self) -> Supervisor:
        """A supervisor whose processes send to the sink, and nowhere else."""
        return self._supervisor("workers", self.database.dsn, self.sink.endpoint)

    def workers_on_a_bad_line(self) -> Supervisor:
        """The same, but every connection to database and mail server may be cut."""
        behind = replace(self.sink.endpoint, port=self.mail_line.port)
        return self._supervisor("bad-line", self.database_line.dsn, behind)

    def _supervisor(self, name: str, dsn: str, end: SmtpEndpoint) -> Supervisor:
        logs, key = self.room / name, key_in(self.room)
        logs.mkdir()
        kafka = self.broker.bootstrap
        stack = Stack(dsn, kafka, end.url, end.ca_file, self.sink, attest_key=key)
        environment = stack.environment(
            dsn,
            smtp_senders=SENDER,
            send_lease=f"{SEND_LEASE.total_seconds():.0f}s",
            look_every="500ms",
            checkpoints=str(self.room / CHECKPOINTS),
            sender_threads=str(SENDER_THREADS),
        )
        return Supervisor(logs, environment, logins(dsn))

    def logins(self) -> dict[str, str]:
        """The DSN of each role: nobody in a run may do more than its part."""
        return logins(self.database.dsn)

    def __enter__(self) -> Parts:
        with ExitStack() as starting:
            starting.enter_context(self.database)
            self.broker.start()
            starting.callback(self.broker.kill)
            starting.enter_context(self.sink)
            self.mail_line = Proxy(LOOPBACK, self.sink.endpoint.port)
            starting.callback(self.mail_line.close)
            self.database_line = DatabaseProxy(self.database.dsn)
            starting.callback(self.database_line.close)
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
