"""Kill at every N-th system call; after each kill, sweep and let a second sender look."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from consumers.sending import Sender
from deploy.local.stack import Stack
from outbox import Attachment, Email
from outbox.desk import Desk
from outbox.epoch import Site
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.settings import Settings
from outbox.store import Connection, connect
from tests.kill_sweep import tracing
from tests.kill_sweep.judging import MailServer, Point
from tests.kill_sweep.sender import APPLICATION, GO, WAITING, sender_of
from tests.parts import journey
from tests.parts.waiting import wait_until

PATIENCE = dt.timedelta(seconds=30)
SMALL = journey.mail()
LARGE = Email(
    sender="billing@example.com",
    sender_name="Billing",
    to=tuple(f"reader-{number}@example.org" for number in range(12)),
    subject="Your invoice, and its twelve readers",
    text="Dear readers,\n\nyour invoice is attached.\n",
    attachments=(
        Attachment(
            filename="invoice.pdf", media_type="application/pdf", content=b"eA==" * 9999
        ),
    ),
)
_LEFT = b"SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
_PERMITTED = b"SELECT EXISTS (SELECT FROM outbox.attempt WHERE intent_id = %s)"


class Shots:
    """A process that forks one-shot senders, as long as the block lasts."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.kill_sweep.sender"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=environment,
                bufsize=0,
            )

    def fire(self, *options: str) -> int:
        """Let one sender look, traced; its exit code, or minus the signal that ended it."""
        assert self._process.stdin is not None
        self._process.stdin.write(b".")
        pid = self._number()
        with tracing.traced(pid, *options):
            os.kill(pid, GO)
            return self._number()

    def _number(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def __enter__(self) -> Shots:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            self._process.kill()


class Sweep:
    """Kills, cleans up as production would, and remembers."""

    def __init__(self, db: Connection, shots: Shots, second: Sender) -> None:
        self._db = db
        self._shots = shots
        self._sweeper = Ledger(db, worker="sweeper-1")
        self._second = second
        Desk(db, actor="ada").arm(Site())
        journey.switch_on(db)

    def calls(self, mail: Email, log: Path) -> list[tracing.Call]:
        """The system calls of one whole look at this mail."""
        self._approved(mail)
        code = self._shots.fire(*tracing.written_to(log))
        assert code == 0, code
        return [call for call in tracing.calls_in(log) if call.name != WAITING]

    def kill(self, mail: Email, call: tracing.Call) -> Point | None:
        """None if the sender made fewer system calls this time."""
        intent = self._approved(mail)
        code = self._shots.fire(*tracing.kill_at(call))
        # A statement that it had sent is still carried out: wait for its session's end.
        wait_until(self._is_alone, PATIENCE, "the dead sender's session ends")
        permitted = self._is_permitted(intent)
        journey.let_leases_expire(self._db)
        self._sweeper.sweep()
        self._second.look()
        state = State(journey.state_of(self._db, intent))
        return Point(call, intent, permitted, state) if code else None

    def _approved(self, mail: Email) -> int:
        intent = journey.proposed(self._db, mail)
        journey.score_and_route(self._db)
        desk = Desk(self._db, actor="ada")
        desk.approve(
            intent.id, digest=journey.seen(self._db, intent.id), valid_for=journey.HOUR
        )
        return intent.id

    def _is_alone(self) -> bool:
        return self._db.execute(_LEFT, (APPLICATION,)).fetchone() == (0,)

    def _is_permitted(self, intent: int) -> bool:
        return self._db.execute(_PERMITTED, (intent,)).fetchone() == (True,)


@contextmanager
def sweep_of(room: Path, dsn: str, db: Connection, server: MailServer) -> Iterator[Sweep]:
    """A sweep on this database and this mail server."""
    end = server.endpoint
    environment = Stack(dsn, "", end.url, end.ca_file, None).environment(
        dsn, smtp_senders=SMALL.sender
    )
    settings = Settings.from_env(environment)
    with (
        connect(dsn, application="second sender") as connection,
        Shots(environment, room / "sender.log") as shots,
    ):
        yield Sweep(db, shots, sender_of(settings, connection))
