"""A database of our own with everything on: armed, switched on, one signed standing grant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from deploy import granting
from deploy.bench.frame import Place
from deploy.local.databases import temporary_database
from deploy.local.logins import logins
from deploy.local.signing import PERSON, enrol_at_first, signing_in
from outbox import Email
from outbox.authority.documents import installation
from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.store import Connection, connect
from schemas.authority.standing import MOST_USES, Grant
from schemas.migrate import upgrade

DAY = dt.timedelta(days=1)
SENDER = "billing@example.com"
MAIL = Email(
    sender=SENDER,
    sender_name="Billing",
    to=("ada@example.org",),
    subject="Your invoice",
    text="Dear Ada,\n\nyour invoice is ready.\n",
)
"""What everybody proposes; the grant covers it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it is, and whom it believes."""

    dsn: str
    """Of the owner of everything."""
    logins: dict[str, str]
    """The DSN of each role."""
    trust: Path
    """The root key that a sender believes."""


@contextmanager
def installed(place: Place) -> Iterator[Installation]:
    """An installation on the server of this place, for as long as the block lasts."""
    keys = signing_in(Path(mkdtemp(dir=place.room)))
    with temporary_database(place.server) as dsn:
        upgrade(dsn)
        with connect(dsn, application="bench") as owner:
            signer = enrol_at_first(owner, keys)
            desk = Desk(owner, actor=PERSON)
            desk.arm(Site())
            desk.flip(Outbound.ON)
            granting.give(owner, _grant(owner), signer)
        yield Installation(dsn, logins(dsn), keys.trust)


def _grant(owner: Connection) -> Grant:
    now = dt.datetime.now(dt.UTC)
    return Grant(
        log=installation(owner),
        tenant="default",
        giver=PERSON,
        channel=MAIL.channel,
        sender=MAIL.sender,
        sender_name=MAIL.sender_name,
        recipients=("@example.org",),
        subject=None,
        bodies=None,
        attachments=0,
        amount=None,
        uses=MOST_USES,
        not_before=now - DAY,
        expires_at=now + DAY,
    )
