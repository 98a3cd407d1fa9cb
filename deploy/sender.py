"""What a sending process is made of."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import structlog

from consumers.channels.smtp import Smarthost, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.authority import authority_of
from deploy.outages import through_outages
from deploy.process import Process
from deploy.staging import run_stage, worker
from outbox.durability import check_durable, check_room
from outbox.epoch import Site, refusal, site_of
from outbox.errors import BadSettings
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.settings import Settings
from outbox.store import Connection, connect

log = structlog.get_logger()

HALT = dt.timedelta(seconds=30)
"""How long a sender leaves a destination alone whose TLS or login failed."""


def sender(settings: Settings, process: Process) -> None:
    """Send what was approved; the switch and the permit decide whether."""
    smarthost, authority = smarthost_of(settings), authority_of(settings)
    name, site = worker("sender"), site_of(settings)
    _check_database(settings, site)
    channel = Smtp(smarthost, keep_for=settings.smtp_keep)
    halt, leases = Halt("email", HALT), Leases(settings.send_lease)

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(settings.dsn, application="holdshort sender") as connection:
            yield Ledger(connection, worker=name, site=site)

    def looking(connection: Connection) -> Callable[[], int]:
        ledger, believed = Ledger(connection, worker=name, site=site), authority(connection)
        channels = {"email": channel}
        return Sender(ledger, channels, leases, halt, reconnected, authority=believed).look

    def renewing(stop: threading.Event) -> None:
        def renew(connection: Connection) -> None:
            leases.keep_renewed(Ledger(connection, worker=name, site=site), stop)

        through_outages(settings.dsn, "holdshort sender", renew, stop)

    threads = [looking] * settings.sender_threads
    with closing(channel):
        run_stage(settings, process, "send", [State.APPROVED], threads, keeper=renewing)


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
    """Raise `BadSettings` where a crash could make it forget a permit, and `DiskFull`.

    A sender waits where sending is not armed; this says so, and how to go on.
    """
    with connect(settings.dsn, application="holdshort sender") as connection:
        check_durable(connection)
        check_room(connection)
        closed = refusal(connection, site)
    if closed is not None:
        log.error("sending is held", reason=closed.reason, why=str(closed), next=closed.hint)
