"""What happened last, whichever intent it was about; the connection is a reader's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from outbox.tables import receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A receipt in one line."""

    id: int
    intent_id: int | None
    """None: it is of the installation."""
    kind: str
    role: str
    actor: str
    at: dt.datetime


def receipts(connection: Connection, *, size: int = 100) -> tuple[Done, ...]:
    """The last receipts, the newest first."""
    columns = (receipt.c[name] for name in Done.__dataclass_fields__)
    rows = connection.execute(select(*columns).order_by(receipt.c.id.desc()).limit(size))
    return tuple(Done(**row) for row in rows.mappings())
