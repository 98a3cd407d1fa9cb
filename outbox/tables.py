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
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.types import TypeEngine

metadata = MetaData(schema="outbox")

MOMENT = TIMESTAMP(timezone=True)


def always(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, kind, nullable=False)


move = Table("move", metadata, *(always(name, Text) for name in ("source", "target", "role")))
lease = Table(
    "lease",
    metadata,
    always("state", Text),
    always("on_expiry", Text),
    always("exhausted", Text),
    always("max_claims", Integer),
)
switch = Table(
    "switch",
    metadata,
    always("only_row", Boolean),
    always("outbound", Boolean),
    always("flipped_by", Text),
    always("flipped_at", MOMENT),
)
epoch = Table(
    "epoch",
    metadata,
    always("id", BigInteger),
    always("system_identifier", BigInteger),
    always("timeline", Integer),
    always("database_oid", BigInteger),
    always("database", Text),
    always("environment", Text),
    always("nonce", Text),
    always("armed_by", Text),
    always("armed_at", MOMENT),
)
intent = Table(
    "intent",
    metadata,
    always("id", BigInteger),
    *(always(name, Text) for name in ("tenant", "login", "idempotency_key", "producer")),
    *(always(name, Text) for name in ("channel", "state", "moved_by")),
    always("moved_at", MOMENT),
    always("moves", Integer),
    always("version", Integer),
    always("digest", Text),
    always("claims", Integer),
    Column("fence", BigInteger),
    Column("leased_by", Text),
    Column("lease_expires_at", MOMENT),
    Column("approval_id", BigInteger),
    Column("attempt_id", BigInteger),
    Column("receipt_id", BigInteger),
    always("not_before", MOMENT),
    Column("not_after", MOMENT),
    always("due_at", MOMENT),
    Column("traceparent", Text),
    always("created_at", MOMENT),
)
artifact = Table(
    "artifact",
    metadata,
    always("intent_id", BigInteger),
    always("version", Integer),
    always("digest", Text),
    Column("secret", LargeBinary),
    Column("content", LargeBinary),
    *(Column(name, Text) for name in ("sender", "subject")),
    always("written_by", Text),
    always("written_at", MOMENT),
    Column("erased_at", MOMENT),
)
score = Table(
    "score",
    metadata,
    always("id", BigInteger),
    always("intent_id", BigInteger),
    always("version", Integer),
    always("digest", Text),
    always("fence", BigInteger),
    *(always(name, Text) for name in ("scorer", "scorer_version")),
    always("confidence", Double),
    *(always("holds", Boolean), always("kinds", ARRAY(Text)), always("reasons", JSONB)),
    *(always("cost", Numeric), always("took", Interval), always("shadow", Boolean)),
    always("scored_at", MOMENT),
)
approval = Table(
    "approval",
    metadata,
    *(always("id", BigInteger), always("intent_id", BigInteger)),
    always("version", Integer),
    always("digest", Text),
    Column("manifest", LargeBinary),
    always("manifest_digest", Text),
    always("approver", Text),
    always("policy", BigInteger),
    always("approved_at", MOMENT),
    Column("held_until", MOMENT),
    always("expires_at", MOMENT),
    *(Column("revoked_at", MOMENT), Column("revoked_by", Text)),
    always("extra", Integer),
)
attempt = Table(
    "attempt",
    metadata,
    always("id", BigInteger),
    always("intent_id", BigInteger),
    always("approval_id", BigInteger),
    always("fence", BigInteger),
    always("worker", Text),
    always("permitted_at", MOMENT),
)
receipt = Table(
    "receipt",
    metadata,
    always("id", BigInteger),
    Column("intent_id", BigInteger),
    always("kind", Text),
    always("role", Text),
    always("actor", Text),
    always("login", Text),
    Column("digest", Text),
    Column("fence", BigInteger),
    always("evidence", JSONB),
    always("at", MOMENT),
)
event = Table(
    "event",
    metadata,
    always("seq", BigInteger),
    always("intent_id", BigInteger),
    *(Column("source", Text), Column("notice", Text), Column("traceparent", Text)),
    *(always(name, Text) for name in ("target", "role")),
    always("version", Integer),
    always("digest", Text),
    always("at", MOMENT),
)
shard = Table("shard", metadata, always("id", SmallInteger))
unpublished = Table(
    "unpublished", metadata, always("shard", SmallInteger), always("seq", BigInteger)
)
log = Table("log", metadata, always("only_row", Boolean), always("origin", Text))
leaf = Table(
    "leaf",
    metadata,
    always("index", BigInteger),
    always("receipt_id", BigInteger),
    always("chain", BigInteger),
    always("number", Integer),
    always("statement", LargeBinary),
    always("signature", LargeBinary),
    always("key", Text),
    Column("before", BigInteger),
    Column("previous", Integer),
)
node = Table(
    "node",
    metadata,
    always("level", SmallInteger),
    always("index", BigInteger),
    always("hash", LargeBinary),
)
checkpoint = Table(
    "checkpoint",
    metadata,
    always("size", BigInteger),
    always("note", Text),
    always("signed_at", MOMENT),
)
unattested = Table("unattested", metadata, always("receipt_id", BigInteger))
