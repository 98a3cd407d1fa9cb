"""Look at the receipts of a run as a stranger would."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from consumers import keyfile
from deploy import exporting
from deploy.local.stack import KEY, TRUST
from outbox import proofs, queries, tables
from schemas.receipts.checkpoint import last_note
from schemas.receipts.verifying import verify
from tests.chaos.parts import CHECKPOINTS

ASKED = 300
"""How many intents are asked about: the bundle of a whole log is too large after an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """What was found of them."""

    unattested: int
    """Receipts that no checkpoint covers."""
    unverified: int
    """Intents, of those that were asked about, whose receipts are not valid."""


def receipts(dsn: str, room: Path, dice: random.Random) -> Receipts:
    """Ask about some intents, the last checkpoint that was published in hand."""
    signer, trust = keyfile.load(room / KEY), (room / TRUST).read_bytes()
    known = last_note((room / CHECKPOINTS).read_text("utf-8"))
    with queries.reader(dsn).connect() as connection:
        intents = connection.scalars(select(tables.intent.c.id)).all()
        asked = dice.sample(intents, min(ASKED, len(intents)))
        bundles = (exporting.of_intent(connection, id, signer, since=known) for id in asked)
        return Receipts(
            unattested=proofs.unattested(connection),
            unverified=sum(not verify(b.written(), trust, known).valid for b in bundles),
        )
