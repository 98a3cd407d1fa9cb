"""People who sign, with keys that everybody knows."""

from __future__ import annotations

import datetime as dt

from outbox import Intent
from outbox.authority.documents import Document, declare, installation
from outbox.desk import Desk
from outbox.store import Connection
from schemas.authority import documents, signing
from schemas.authority.documents import REVOCATION, Approval, Enrolment, Item, Revocation
from schemas.authority.holders import Holder
from schemas.authority.keeping import kept
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer, trust_file
from schemas.receipts.statement import digest_of
from tests.parts import journey
from tests.parts.receipts import signer_of

ROOT, EVES_ROOT = signer_of(b"\x11"), signer_of(b"\x12")
ADA, BOB, EVE = signer_of(b"\x13"), signer_of(b"\x14"), signer_of(b"\x15")
ROOTS = {ROOT.key.name: ROOT.key}
ROOT_FILE = trust_file(ROOT.key).encode()
DAY = dt.timedelta(days=1)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def enrolled(
    person: str,
    key: Holder,
    *,
    root: Signer = ROOT,
    since: dt.timedelta = DAY,
    until: dt.timedelta | None = None,
) -> Envelope:
    """A root's word that the key is this person's, since so long ago."""
    said = Enrolment(
        person=person,
        key=key,
        not_before=now() - since,
        not_after=None if until is None else now() + until,
    )
    return signing.signed(said, root)


def revoked(*, key: str | None = None, document: str | None = None) -> Envelope:
    return signing.signed(Revocation(key=key, document=document, why="lost"), ROOT)


def approval(
    *items: Item,
    log: str,
    approver: str = "ada",
    valid_for: dt.timedelta = DAY,
    held_for: dt.timedelta | None = None,
) -> Approval:
    """What a person would sign now."""
    return Approval(
        log=log,
        items=items,
        approver=approver,
        approved_at=now() - 2 * DAY,
        expires_at=now() + valid_for,
        held_until=None if held_for is None else now() + held_for,
    )


def declared(db: Connection, envelope: Envelope) -> None:
    """Give a root's word to the database."""
    if envelope.kind == REVOCATION:
        about = documents.revocation(envelope.payload).named
    else:
        about = documents.enrolment(envelope.payload).key.name
    declare(db, kept(envelope, about), {"document": digest_of(envelope.payload)})


def item_of(db: Connection, intent: Intent) -> Item:
    return Item(intent.id, intent.version, journey.seen(db, intent.id))


def log_of(db: Connection) -> str:
    return installation(db)


def signed(db: Connection, *intents: Intent, signer: Signer = ADA, by: str = "ada") -> Document:
    """What this person signs, as the desk is given it."""
    items = [item_of(db, intent) for intent in intents]
    said = approval(*items, log=log_of(db), approver=by)
    return kept(signing.signed(said, signer), by)


def say_yes(db: Connection, intent: Intent, given: Document) -> None:
    """Approve with what was signed, whatever it is worth."""
    Desk(db, actor=given.about).approve(
        intent.id,
        digest=journey.seen(db, intent.id),
        valid_for=DAY,
        signed=given,
    )


def fate(db: Connection, id: int) -> tuple[str, object]:
    """Where the intent stands, and what its last receipt says of the gate."""
    last = (
        "SELECT evidence ->> 'gate' FROM outbox.receipt WHERE intent_id = %s"
        " ORDER BY id DESC LIMIT 1"
    )
    [(gate,)] = db.execute(last, (id,)).fetchall()
    return journey.state_of(db, id), gate
