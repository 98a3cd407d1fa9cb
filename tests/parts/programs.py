"""A person's own program, at the API of a console."""

from __future__ import annotations

import httpx

from outbox import tokens
from outbox.store import Connection
from outbox.tokens import Kind
from tests.parts.journey import HOUR


def shown(db: Connection, name: str, kind: Kind = Kind.PERSON) -> dict[str, str]:
    """The header of a new token."""
    tenant = "default" if kind is Kind.AGENT else None
    made = tokens.make(db, kind, name, tenant=tenant, valid_for=HOUR, actor="ada")
    return {"Authorization": f"Bearer {made.token}"}


def read(program: httpx.Client, id: int) -> str:
    """The digest of what is to be decided on."""
    return str(program.get(f"/intents/{id}").json()["digest"])
