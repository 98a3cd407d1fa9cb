"""The tables of the policy, as SQLAlchemy sees them; a part of the picture in `tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from outbox.tables import MOMENT, always, metadata

policy = Table(
    "policy",
    metadata,
    always("revision", BigInteger),
    always("document", JSONB),
    Column("document_id", BigInteger),
    always("set_by", Text),
    always("set_at", MOMENT),
)
reminder = Table(
    "reminder",
    metadata,
    always("intent_id", BigInteger),
    always("since", MOMENT),
    always("step", Text),
    always("at", MOMENT),
)
