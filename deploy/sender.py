"""What a sending process is made of."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

import structlog

from consumers.channels import Channel
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.authority import authority_of
from deploy.channels import channels_of
from deploy.outages import through_outages
from deploy.process import Process
from deploy.staging import run_stage, worker
from outbox.durability import check_durable, check_room
from outbox.epoch import Site, refusal, site_of
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.settings import Settings
from outbox.store import Connection, connect

log = structlog.get_logger()

HALT = dt.timedelta(seconds=30)
"""How long a sender leaves a destination alone whose TLS or login failed."""


def sender(settings: Settings, process: Process) -> None:
    """Send what was approved; the switch and the permit decide whether."""
    leases = Leases(settings.send_lease)
    with ExitStack() as until:
        channels = channels_of(settings, lambda claim: bool(leases.left(claim)), until)
        _send(settings, process, channels, leases)


def _send(
    settings: Settings, process: Process, channels: Mapping[str, Channel], leases: Leases
) -> None:
    authority = authority_of(settings)
    name, site = worker("sender"), site_of(settings)
    _check_database(settings, site)
    halt = Halt("email", HALT)

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(settings.dsn, application="holdshort sender") as connection:
            yield Ledger(connection, worker=name, site=site)

    def looking(connection: Connection) -> Callable[[], int]:
        ledger, believed = Ledger(connection, worker=name, site=site), authority(connection)
        return Sender(ledger, channels, leases, halt, reconnected, authority=believed).look

    def renewing(stop: threading.Event) -> None:
        def renew(connection: Connection) -> None:
            leases.keep_renewed(Ledger(connection, worker=name, site=site), stop)

        through_outages(settings.dsn, "holdshort sender", renew, stop)

    threads = [looking] * settings.sender_threads
    run_stage(settings, process, "send", [State.APPROVED], threads, keeper=renewing)


def _check_database(settings: Settings, site: Site) -> None:
    """Raise `BadSettings` where a crash could make it forget a permit, and `DiskFull`.

    A sender waits where sending is not armed; this says so, and how to go on.
    """
    with connect(settings.dsn, application="holdshort sender") as connection:
        check_durable(connection)
        check_room(connection)
        closed = refusal(connection, site)
    if closed is not None:
        log.error("sending is held", reason=closed.reason, why=str(closed), next=closed.hint)
