"""What people sign, as SQLAlchemy sees it: a part of the picture in `outbox.tables`."""

from __future__ import annotations

from functools import partial

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

from outbox.tables import metadata

_MOMENT = TIMESTAMP(timezone=True)
_always = partial(Column, nullable=False)

document = Table(
    "document",
    metadata,
    _always("id", BigInteger),
    _always("kind", Text),
    _always("digest", Text),
    _always("content", LargeBinary),
    _always("signature", LargeBinary),
    _always("key", Text),
    _always("about", Text),
    _always("at", _MOMENT),
)
endorsement = Table(
    "endorsement",
    metadata,
    _always("id", BigInteger),
    _always("approval_id", BigInteger),
    _always("intent_id", BigInteger),
    _always("approver", Text),
    Column("person", Text),
    Column("document_id", BigInteger),
    Column("document", Text),
    _always("at", _MOMENT),
)
