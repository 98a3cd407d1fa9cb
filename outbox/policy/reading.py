"""Look at the policy, for whoever reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from outbox.policy.tables import policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of the policy; the newest is in force."""

    revision: int
    document: dict[str, Any]
    set_by: str
    set_at: dt.datetime
    signed: bool
    """Whether a root has signed it; a sender of signed approvals believes no other."""


def history(connection: Connection) -> tuple[Revision, ...]:
    """Every revision, the newest first."""
    column = policy.c
    found = connection.execute(
        select(
            *(column.revision, column.document, column.set_by, column.set_at),
            column.document_id.is_not(None).label("signed"),
        ).order_by(column.revision.desc())
    )
    return tuple(Revision(**row) for row in found.mappings())
