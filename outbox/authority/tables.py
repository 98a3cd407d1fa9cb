"""What people sign, as SQLAlchemy sees it: a part of the picture in `outbox.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, Table, Text

from outbox.tables import MOMENT, always, metadata

document = Table(
    "document",
    metadata,
    always("id", BigInteger),
    always("kind", Text),
    always("digest", Text),
    always("content", LargeBinary),
    always("signature", LargeBinary),
    always("key", Text),
    always("about", Text),
    always("at", MOMENT),
)
endorsement = Table(
    "endorsement",
    metadata,
    always("id", BigInteger),
    always("approval_id", BigInteger),
    always("intent_id", BigInteger),
    always("approver", Text),
    Column("person", Text),
    always("wrote", Boolean),
    Column("document_id", BigInteger),
    Column("document", Text),
    always("at", MOMENT),
)
