"""What people have put out of sight for a time: the lists leave it out until it is back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, Table, Text, exists, func, select

from outbox.tables import MOMENT, always, intent, metadata

deferral = Table(
    "deferral",
    metadata,
    always("intent_id", BigInteger),
    always("since", MOMENT),
    always("until", MOMENT),
    always("deferred_by", Text),
    always("deferred_at", MOMENT),
)
HOLDS = (
    deferral.c.intent_id == intent.c.id,
    deferral.c.since == intent.c.moved_at,
    deferral.c.until > func.now(),
)
"""For a statement over both tables: whether this deferral keeps this row out of sight."""
OUT_OF_SIGHT = exists().where(*HOLDS)
"""For a statement over `tables.intent`: whether this row is.  One look at a primary key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """Until when it is out of sight, and who has put it there."""

    until: dt.datetime
    deferred_by: str
    deferred_at: dt.datetime


def deferral_of(connection: Connection, id: int) -> Deferral | None:
    """The one that holds now; the connection is a reader's."""
    columns = (deferral.c[name] for name in Deferral.__dataclass_fields__)
    statement = select(*columns).join(intent, intent.c.id == deferral.c.intent_id)
    row = connection.execute(statement.where(intent.c.id == id, *HOLDS)).mappings().first()
    return None if row is None else Deferral(**row)
