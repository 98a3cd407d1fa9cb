"""A sender in this process, on real parts: one look of it is one step of a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from consumers.authority import Authority, by_name
from consumers.channels import Channel, Outcome, Permit
from consumers.channels.smtp import Smarthost, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox.claim import Claim
from outbox.desk import Desk
from outbox.epoch import Site
from outbox.ledger import Ledger
from outbox.manifest import Transport
from outbox.store import Connection, connect
from tests.channels.rig import MAIL
from tests.parts import journey

SENDER = "billing@example.com"
LEASE = dt.timedelta(seconds=15)


def nothing() -> None:
    """What mostly happens meanwhile."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A channel on whose way something happens: at first, or just around the permit."""

    channel: Channel
    at_first: Callable[[], None] = nothing
    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing

    @property
    def transport(self) -> Transport:
        return self.channel.transport

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        def interrupted() -> None:
            self.before()
            permit()
            self.after()

        self.at_first()
        return self.channel.send(claim, interrupted)

    def let_go(self) -> None:
        self.channel.let_go()


def channel_to(sink: MailSink) -> Smtp:
    where = sink.endpoint
    return Smtp(Smarthost.from_url(where.url, ca_file=where.ca_file, senders=[SENDER]))


def sender(
    connection: Connection,
    sink: MailSink,
    site: Site | None = None,
    *,
    dsn: str = "",
    authority: Authority = by_name,
) -> Sender:
    return sender_over(channel_to(sink), connection, site, dsn=dsn, authority=authority)


def sender_over(
    channel: Channel,
    connection: Connection,
    site: Site | None = None,
    *,
    dsn: str = "",
    authority: Authority = by_name,
) -> Sender:
    """`dsn` is where it connects again if `connection` breaks."""

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(dsn, application="tests") as again:
            yield Ledger(again, worker="sender-1", site=site)

    return Sender(
        Ledger(connection, worker="sender-1", site=site),
        {"email": channel},
        Leases(LEASE),
        Halt("email", dt.timedelta(seconds=30)),
        reconnected,
        authority=authority,
    )


def approved_for_the_rig(db: Connection) -> int:
    """The mail that a scripted server's sender may send, with the switch on."""
    intent = journey.proposed(db, MAIL)
    journey.score_and_route(db)
    Desk(db, actor="ada").approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=journey.HOUR
    )
    journey.switch_on(db)
    return intent.id
