"""The tables of the limits, as SQLAlchemy sees them; a part of the picture in `tables`."""

from __future__ import annotations

from functools import partial

from sqlalchemy import BigInteger, Column, Integer, Interval, Table, Text, Time
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP

from outbox.tables import metadata

_MOMENT = TIMESTAMP(timezone=True)
_always = partial(Column, nullable=False)

cap = Table(
    "cap",
    metadata,
    _always("id", BigInteger),
    _always("scope", Text),
    _always("name", Text),
    _always("most", BigInteger),
    _always("span", Interval),
    _always("set_by", Text),
    _always("set_at", _MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", _MOMENT),
)
suppression = Table(
    "suppression",
    metadata,
    _always("id", BigInteger),
    _always("target", Text),
    _always("reason", Text),
    _always("set_by", Text),
    _always("set_at", _MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", _MOMENT),
)
quiet_hours = Table(
    "quiet_hours",
    metadata,
    _always("id", BigInteger),
    _always("scope", Text),
    _always("name", Text),
    _always("days", ARRAY(Integer)),
    _always("starts", Time),
    _always("ends", Time),
    _always("zone", Text),
    _always("set_by", Text),
    _always("set_at", _MOMENT),
    Column("lifted_by", Text),
    Column("lifted_at", _MOMENT),
)
recipient = Table(
    "recipient",
    metadata,
    _always("intent_id", BigInteger),
    _always("version", Integer),
    _always("address", Text),
    _always("domain", Text),
)
amount = Table(
    "amount",
    metadata,
    _always("intent_id", BigInteger),
    _always("version", Integer),
    Column("value", BigInteger),
    Column("currency", Text),
)
counted = Table(
    "counted",
    metadata,
    _always("scope", Text),
    _always("name", Text),
    _always("at", _MOMENT),
    _always("attempt_id", BigInteger),
    _always("weight", BigInteger),
)
turn = Table(
    "turn",
    metadata,
    _always("scope", Text),
    _always("name", Text),
    _always("at", _MOMENT),
    _always("intent_id", BigInteger),
    _always("weight", BigInteger),
)
