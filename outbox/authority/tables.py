"""What people sign, as SQLAlchemy sees it: a part of the picture in `outbox.tables`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text

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
    Column("delegator", Text),
    *(Column(name, Text) for name in ("person", "voice")),
    always("wrote", Boolean),
    Column("document_id", BigInteger),
    Column("document", Text),
    *(Column(name, BigInteger) for name in ("delegation_id", "grant_id")),
    *(Column(name, Integer) for name in ("use", "uses")),
    always("at", MOMENT),
)


def _in_advance() -> tuple[Column[Any], ...]:
    """What a grant and a delegation have in common."""
    return (
        always("not_before", MOMENT),
        always("expires_at", MOMENT),
        always("content", LargeBinary),
        always("document", Text),
        Column("document_id", BigInteger),
        always("given_at", MOMENT),
        Column("revoked_at", MOMENT),
        Column("revoked_by", Text),
    )


standing_grant = Table(
    "standing_grant",
    metadata,
    always("id", BigInteger),
    *(always(name, Text) for name in ("tenant", "giver", "channel")),
    always("uses", Integer),
    *_in_advance(),
)
delegation = Table(
    "delegation",
    metadata,
    always("id", BigInteger),
    *(always(name, Text) for name in ("delegator", "delegate")),
    *_in_advance(),
)
challenge = Table(
    "challenge",
    metadata,
    always("challenge", LargeBinary),
    always("session", BigInteger),
    *(always(name, Text) for name in ("person", "purpose")),
    always("content", LargeBinary),
    *(always(name, MOMENT) for name in ("asked_at", "expires_at")),
)
passkey = Table(
    "passkey",
    metadata,
    *(always(name, Text) for name in ("name", "person")),
    always("content", LargeBinary),
    always("made_at", MOMENT),
)
