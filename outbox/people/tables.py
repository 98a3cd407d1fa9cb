"""The tables of people, as SQLAlchemy sees them; a part of the picture in `outbox.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Interval, LargeBinary, Table, Text

from outbox.tables import MOMENT, always, metadata

account = Table(
    "account",
    metadata,
    always("id", BigInteger),
    always("name", Text),
    always("made_by", Text),
    always("made_at", MOMENT),
    Column("disabled_by", Text),
    Column("disabled_at", MOMENT),
)
password = Table(
    "password",
    metadata,
    always("account_id", BigInteger),
    always("hash", Text),
    always("set_at", MOMENT),
)
ticket = Table(
    "ticket",
    metadata,
    always("hash", LargeBinary),
    always("person", Text),
    always("made_by", Text),
    always("made_at", MOMENT),
    always("expires_at", MOMENT),
    Column("used_at", MOMENT),
)
session = Table(
    "session",
    metadata,
    always("id", BigInteger),
    always("hash", LargeBinary),
    *(always(name, Text) for name in ("person", "way", "agent")),
    always("began_at", MOMENT),
    always("fresh_at", MOMENT),
    always("seen_at", MOMENT),
    always("idle", Interval),
    always("expires_at", MOMENT),
    Column("revoked_by", Text),
    Column("revoked_at", MOMENT),
)
password_try = Table(
    "password_try",
    metadata,
    always("id", BigInteger),
    always("name", LargeBinary),
    always("address", Text),
    always("at", MOMENT),
)
oidc_request = Table(
    "oidc_request",
    metadata,
    always("hash", LargeBinary),
    always("next", Text),
    always("expires_at", MOMENT),
)
