"""A sender in this process, on real parts: one look of it is one step of a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from consumers.channels.smtp import Smarthost, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox.epoch import Site
from outbox.ledger import Ledger
from outbox.store import Connection, connect

SENDER = "billing@example.com"
LEASE = dt.timedelta(seconds=15)


def channel_to(sink: MailSink) -> Smtp:
    where = sink.endpoint
    return Smtp(Smarthost.from_url(where.url, ca_file=where.ca_file, senders=[SENDER]))


def sender(
    connection: Connection, sink: MailSink, site: Site | None = None, *, dsn: str = ""
) -> Sender:
    """`dsn` is where it connects again if `connection` breaks."""

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(dsn, application="tests") as again:
            yield Ledger(again, worker="sender-1", site=site)

    return Sender(
        Ledger(connection, worker="sender-1", site=site),
        {"email": channel_to(sink)},
        Leases(LEASE),
        Halt("email", dt.timedelta(seconds=30)),
        reconnected,
    )
