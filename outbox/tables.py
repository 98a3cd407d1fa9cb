"""The tables of schema `outbox`, as SQLAlchemy sees them, for reading.

The migrations make the tables; a test compares this picture with a migrated database, so
that neither can change alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.types import TypeEngine

metadata = MetaData(schema="outbox")

_MOMENT = TIMESTAMP(timezone=True)


def _always(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, kind, nullable=False)


move = Table(
    "move", metadata, _always("source", Text), _always("target", Text), _always("role", Text)
)
lease = Table(
    "lease",
    metadata,
    _always("state", Text),
    _always("on_expiry", Text),
    _always("exhausted", Text),
    _always("max_claims", Integer),
)
switch = Table(
    "switch",
    metadata,
    _always("only_row", Boolean),
    _always("outbound", Boolean),
    _always("flipped_by", Text),
    _always("flipped_at", _MOMENT),
)
epoch = Table(
    "epoch",
    metadata,
    _always("id", BigInteger),
    _always("system_identifier", BigInteger),
    _always("timeline", Integer),
    _always("database_oid", BigInteger),
    _always("database", Text),
    _always("environment", Text),
    _always("nonce", Text),
    _always("armed_by", Text),
    _always("armed_at", _MOMENT),
)
intent = Table(
    "intent",
    metadata,
    _always("id", BigInteger),
    *(_always(name, Text) for name in ("tenant", "login", "idempotency_key", "producer")),
    *(_always(name, Text) for name in ("channel", "state", "moved_by")),
    _always("moved_at", _MOMENT),
    _always("version", Integer),
    _always("digest", Text),
    _always("claims", Integer),
    Column("fence", BigInteger),
    Column("leased_by", Text),
    Column("lease_expires_at", _MOMENT),
    Column("approval_id", BigInteger),
    Column("attempt_id", BigInteger),
    Column("receipt_id", BigInteger),
    _always("not_before", _MOMENT),
    Column("not_after", _MOMENT),
    _always("due_at", _MOMENT),
    Column("traceparent", Text),
    _always("created_at", _MOMENT),
)
artifact = Table(
    "artifact",
    metadata,
    _always("intent_id", BigInteger),
    _always("version", Integer),
    _always("digest", Text),
    Column("secret", LargeBinary),
    Column("content", LargeBinary),
    _always("written_by", Text),
    _always("written_at", _MOMENT),
    Column("erased_at", _MOMENT),
)
score = Table(
    "score",
    metadata,
    _always("id", BigInteger),
    _always("intent_id", BigInteger),
    _always("version", Integer),
    _always("digest", Text),
    _always("fence", BigInteger),
    _always("scorer", Text),
    _always("scorer_version", Text),
    _always("confidence", Double),
    _always("reasons", JSONB),
    _always("scored_at", _MOMENT),
)
approval = Table(
    "approval",
    metadata,
    *(_always("id", BigInteger), _always("intent_id", BigInteger)),
    _always("version", Integer),
    _always("digest", Text),
    Column("manifest", LargeBinary),
    _always("manifest_digest", Text),
    _always("approver", Text),
    _always("needed", Integer),
    _always("approved_at", _MOMENT),
    Column("held_until", _MOMENT),
    _always("expires_at", _MOMENT),
    Column("revoked_at", _MOMENT),
    Column("revoked_by", Text),
)
attempt = Table(
    "attempt",
    metadata,
    _always("id", BigInteger),
    _always("intent_id", BigInteger),
    _always("approval_id", BigInteger),
    _always("fence", BigInteger),
    _always("worker", Text),
    _always("permitted_at", _MOMENT),
)
receipt = Table(
    "receipt",
    metadata,
    _always("id", BigInteger),
    Column("intent_id", BigInteger),
    _always("kind", Text),
    _always("role", Text),
    _always("actor", Text),
    _always("login", Text),
    Column("digest", Text),
    Column("fence", BigInteger),
    _always("evidence", JSONB),
    _always("at", _MOMENT),
)
event = Table(
    "event",
    metadata,
    _always("seq", BigInteger),
    _always("intent_id", BigInteger),
    _always("source", Text),
    _always("target", Text),
    _always("role", Text),
    _always("version", Integer),
    _always("digest", Text),
    Column("traceparent", Text),
    _always("at", _MOMENT),
)
shard = Table("shard", metadata, _always("id", SmallInteger))
unpublished = Table(
    "unpublished", metadata, _always("shard", SmallInteger), _always("seq", BigInteger)
)
log = Table("log", metadata, _always("only_row", Boolean), _always("origin", Text))
leaf = Table(
    "leaf",
    metadata,
    _always("index", BigInteger),
    _always("receipt_id", BigInteger),
    _always("chain", BigInteger),
    _always("number", Integer),
    _always("statement", LargeBinary),
    _always("signature", LargeBinary),
    _always("key", Text),
    Column("before", BigInteger),
    Column("previous", Integer),
)
node = Table(
    "node",
    metadata,
    _always("level", SmallInteger),
    _always("index", BigInteger),
    _always("hash", LargeBinary),
)
checkpoint = Table(
    "checkpoint",
    metadata,
    _always("size", BigInteger),
    _always("note", Text),
    _always("signed_at", _MOMENT),
)
unattested = Table("unattested", metadata, _always("receipt_id", BigInteger))
