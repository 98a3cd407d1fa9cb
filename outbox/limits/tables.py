"""The tables of the limits, as SQLAlchemy sees them; a part of the picture in `tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Interval, Table, Text, Time
from sqlalchemy.dialects.postgresql import ARRAY

from outbox.tables import MOMENT, always, metadata

cap = Table(
    "cap",
    metadata,
    always("id", BigInteger),
    always("scope", Text),
    always("name", Text),
    always("most", BigInteger),
    always("span", Interval),
    always("set_by", Text),
    always("set_at", MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", MOMENT),
)
suppression = Table(
    "suppression",
    metadata,
    always("id", BigInteger),
    always("target", Text),
    always("reason", Text),
    always("set_by", Text),
    always("set_at", MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", MOMENT),
)
quiet_hours = Table(
    "quiet_hours",
    metadata,
    always("id", BigInteger),
    always("scope", Text),
    always("name", Text),
    always("days", ARRAY(Integer)),
    always("starts", Time),
    always("ends", Time),
    always("zone", Text),
    always("set_by", Text),
    always("set_at", MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", MOMENT),
)
recipient = Table(
    "recipient",
    metadata,
    always("intent_id", BigInteger),
    always("version", Integer),
    always("address", Text),
    always("domain", Text),
)
amount = Table(
    "amount",
    metadata,
    always("intent_id", BigInteger),
    always("version", Integer),
    Column("value", BigInteger),
    Column("currency", Text),
)
counted = Table(
    "counted",
    metadata,
    always("scope", Text),
    always("name", Text),
    always("at", MOMENT),
    always("attempt_id", BigInteger),
    always("weight", BigInteger),
)
turn = Table(
    "turn",
    metadata,
    always("scope", Text),
    always("name", Text),
    always("at", MOMENT),
    always("intent_id", BigInteger),
    always("weight", BigInteger),
)
