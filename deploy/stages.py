"""What each process of the pipeline is made of.

relay     publishes recorded moves to Kafka
scorer    submitted -> scored
router    scored -> in_review | awaiting_approval
sender    approved -> sent | stranded | in_review
sweeper   takes expired leases away; exports the gauges of state
attester  puts receipts into one log and signs it
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from consumers import routing, scoring, sweeping
from consumers.channels.smtp import Smarthost, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.scorers.history import Past
from consumers.scorers.rules import Rules
from consumers.sending import Sender
from consumers.wakeups import Bell, wakeups
from deploy.process import Loop, Process
from outbox.durability import check_durable
from outbox.epoch import Site, refusal, site_of
from outbox.errors import BadSettings
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.receiptlog import ReceiptLog
from outbox.settings import Settings
from outbox.store import Connection, connect
from outbox.work import work
from relay import relaying
from schemas.events import topic_of

log = structlog.get_logger()

HALT = dt.timedelta(seconds=30)
"""How long a sender leaves a destination alone whose TLS or login failed."""


def relay(settings: Settings, process: Process) -> None:
    """Publish until stopped."""
    if not settings.kafka:
        raise BadSettings("HOLDSHORT_KAFKA is not set: a relay needs a broker")
    process.run([lambda stop: relaying.run(settings.dsn, settings.kafka, stop)])


def scorer(settings: Settings, process: Process) -> None:
    """Score what was submitted."""
    rules = Rules()

    def looking(connection: Connection) -> Callable[[], int]:
        ledger = Ledger(connection, worker=worker("scorer"))
        past = Past(connection)
        return lambda: scoring.look(ledger, rules, past)

    _run_stage(settings, process, [State.SUBMITTED], [looking])


def router(settings: Settings, process: Process) -> None:
    """Route what was scored."""

    def looking(connection: Connection) -> Callable[[], int]:
        ledger = Ledger(connection, worker=worker("router"))
        return lambda: routing.look(ledger, review_below=settings.review_below)

    _run_stage(settings, process, [State.SCORED], [looking])


def sweeper(settings: Settings, process: Process) -> None:
    """Sweep and expire."""

    def looking(connection: Connection) -> Callable[[], int]:
        ledger = Ledger(connection, worker=worker("sweeper"))
        return lambda: sweeping.look(ledger)

    _run_stage(settings, process, [], [looking])


def attester(settings: Settings, process: Process) -> None:
    """Attest what was receipted."""
    # Here, since no other role signs, and every start pays for what it imports.
    from consumers import keyfile
    from consumers.attesting import Attester
    from consumers.checkpoints import Checkpoints

    signer, outside = keyfile.load(settings.attest_key_file), Checkpoints(settings.checkpoints)

    def looking(connection: Connection) -> Callable[[], int]:
        return Attester(ReceiptLog(connection), signer, outside).look

    _run_stage(settings, process, [], [looking])


def sender(settings: Settings, process: Process) -> None:
    """Send what was approved; the switch and the permit decide whether."""
    smarthost = smarthost_of(settings)
    name, site = worker("sender"), site_of(settings)
    _check_database(settings, site)
    channel, halt, leases = Smtp(smarthost), Halt("email", HALT), Leases(settings.send_lease)

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(settings.dsn, application="holdshort sender") as connection:
            yield Ledger(connection, worker=name, site=site)

    def looking(connection: Connection) -> Callable[[], int]:
        ledger = Ledger(connection, worker=name, site=site)
        return Sender(ledger, {"email": channel}, leases, halt, reconnected).look

    def renewing(stop: threading.Event) -> None:
        with reconnected() as ledger:
            leases.keep_renewed(ledger, stop)

    threads = [looking] * settings.sender_threads
    _run_stage(settings, process, [State.APPROVED], threads, keeper=renewing)


STAGES = {
    "relay": relay,
    "scorer": scorer,
    "router": router,
    "sender": sender,
    "sweeper": sweeper,
    "attester": attester,
}


def smarthost_of(settings: Settings) -> Smarthost:
    """Where mail goes, and who may send it.  Raises `BadSettings` if that is not said."""
    url = settings.smtp_url()
    if not url:
        raise BadSettings("HOLDSHORT_SMTP is not set: a sender needs a mail server")
    if not settings.smtp_senders:
        raise BadSettings(
            "HOLDSHORT_SMTP_SENDERS is empty: nobody may send anything",
            hint="name the addresses this login may send as, separated by commas",
        )
    return Smarthost.from_url(url, ca_file=settings.smtp_ca, senders=settings.smtp_senders)


def _check_database(settings: Settings, site: Site) -> None:
    """Raise `BadSettings` where a crash could make it forget a permit.

    A sender waits where sending is not armed; this says so, and how to go on.
    """
    with connect(settings.dsn, application="holdshort sender") as connection:
        check_durable(connection)
        closed = refusal(connection, site)
    if closed is not None:
        log.error("sending is held", reason=closed.reason, why=str(closed), next=closed.hint)


def worker(role: str) -> str:
    """A name for this process that no other process, also no later one, has."""
    return f"{role}@{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def _run_stage(
    settings: Settings,
    process: Process,
    announced: Sequence[State],
    lookings: Iterable[Callable[[Connection], Callable[[], int]]],
    *,
    keeper: Loop | None = None,
) -> None:
    with Bell(settings.kafka, [topic_of(state) for state in announced]) as bell:

        def loop_of(looking: Callable[[Connection], Callable[[], int]]) -> Loop:
            def loop(stop: threading.Event) -> None:
                with connect(settings.dsn, application="holdshort stage") as connection:
                    work(looking(connection), wakeups(bell, settings.look_every, stop), stop)

            return loop

        log.info("stage up", hears=[str(state) for state in announced])
        process.run([loop_of(looking) for looking in lookings], keeper=keeper)
