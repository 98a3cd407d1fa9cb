"""A sender lets out what a signed grant covers, and nothing that a database has made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox.authority import standing as kept_here
from outbox.failpoints import Point
from outbox.seen import current
from outbox.store import Connection
from schemas.authority.standing import Grant
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.authority.test_races import Hook, new_key
from tests.parts import journey
from tests.parts.granting import given, grant_of, granted, revoke, signed
from tests.parts.reviewers import ADA, BOB, DAY, EVE, declared, fate, log_of, now, revoked

HOUR = journey.HOUR
TABLES = ("standing_grant", "document")


def owner(db: Connection, *statements: str, **named: object) -> None:
    """Whoever owns the database needs no trigger's leave."""
    for able, texts in (("DISABLE", statements), ("ENABLE", ())):
        for table in TABLES:
            db.execute(f"ALTER TABLE outbox.{table} {able} TRIGGER ALL".encode())
        for text in texts:
            db.execute(text.encode(), named)


def test_what_a_signed_grant_covers_is_sent(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    given(db, subject="Your invoice")
    intent = journey.awaiting(db)
    granted(db)

    believing.look()

    assert fate(db, intent.id) == ("sent", None)
    assert len(sink.accepted()) == 1


@dataclass(frozen=True)
class Forged:
    """What whoever owns the database puts there in place of what was signed."""

    reason: str
    says: dict[str, Any]
    """What the grant says that was really signed, or is made up."""
    signer: Signer | None = ADA
    widened: dict[str, Any] | None = None
    """What its document says in the end, under the same signature."""


NARROW = {"recipients": ("eve@example.org",)}
FORGED = {
    "invented, unsigned": Forged("approval_unsigned", {}, signer=None),
    "signed by somebody": Forged("key_unenrolled", {}, signer=EVE),
    "signed by another person": Forged("key_of_another", {}, signer=BOB),
    "widened": Forged("signature_invalid", NARROW, widened={"recipients": ("@example.org",)}),
    "prolonged": Forged(
        "signature_invalid",
        {"expires_at": now() - HOUR},
        widened={"expires_at": now() + DAY},
    ),
    "given for more uses": Forged("signature_invalid", {"uses": 1}, widened={"uses": 9}),
    "of another log": Forged("beyond_grant", {"log": "holdshort/staging"}),
    "of other recipients": Forged("beyond_grant", NARROW),
    "of another sender": Forged("beyond_grant", {"sender": "ceo@example.com"}),
    "of another subject": Forged("beyond_grant", {"subject": "Hello"}),
    "of another body": Forged("beyond_grant", {"bodies": ("0" * 64,)}),
    "expired": Forged("grant_expired", {"expires_at": now() - HOUR}),
    "not begun": Forged("grant_not_begun", {"not_before": now() + HOUR}),
}


def widen(db: Connection, content: bytes) -> None:
    other = "content = %(content)s"
    named = "encode(sha256(%(content)s), 'hex')"
    owner(
        db,
        f"UPDATE outbox.document SET {other}, digest = {named} WHERE kind = 'grant'",
        f"UPDATE outbox.standing_grant SET {other}, document = {named}",
        content=content,
    )


def forge(db: Connection, id: int, forged: Forged) -> None:
    """Approve the intent by a use of this grant, by hand."""
    said: Grant = replace(grant_of(log_of(db)), **forged.says)
    document = signed(said, forged.signer)
    grant = kept_here.give(db, said.written(), document)
    since = "not_before = now() - interval '1 day', expires_at = now() + interval '1 day'"
    owner(db, f"UPDATE outbox.standing_grant SET {since}")
    if forged.widened is not None:
        widen(db, replace(said, **forged.widened).written())
    manifest = current(db, id).written
    approved = db.execute(
        "SELECT outbox.approve_by_grant('eve', %s, %s, %s, '1 hour', '0')",
        ([id], [manifest], [grant]),
    )
    assert approved.fetchall() == [(id,)]


@pytest.mark.parametrize("name", FORGED)
def test_an_owner_of_the_database_who_forges_a_grant_sends_nothing(
    db: Connection, sink: MailSink, believing: Sender, name: str
) -> None:
    intent = journey.awaiting(db)
    forge(db, intent.id, FORGED[name])

    believing.look()

    assert fate(db, intent.id) == ("in_review", FORGED[name].reason)
    assert sink.accepted() == []


def expire(db: Connection, grant: int) -> None:
    """Its dates are over."""
    over = "not_before = now() - interval '1 s', expires_at = now()"
    owner(db, f"UPDATE outbox.standing_grant SET {over} WHERE id = %(id)s", id=grant)


def revoke_document(db: Connection, grant: int) -> None:
    [(content,)] = db.execute(
        "SELECT content FROM outbox.standing_grant WHERE id = %s", (grant,)
    ).fetchall()
    declared(db, revoked(document=digest_of(content)))


def revoke_key(db: Connection, grant: int) -> None:
    [(key,)] = db.execute(
        "SELECT key FROM outbox.document JOIN outbox.standing_grant"
        " ON document.id = document_id WHERE standing_grant.id = %s",
        (grant,),
    ).fetchall()
    declared(db, revoked(key=key))


ENDS: dict[str, Callable[[Connection, int], None]] = {
    "the grant": revoke,
    "its dates": expire,
    "its document": revoke_document,
    "its key": revoke_key,
}


@pytest.mark.parametrize("name", ENDS)
def test_a_grant_that_ends_at_any_instant_before_the_permit_sends_nothing(
    db: Connection, other: Connection, sink: MailSink, believing: Sender, hook: Hook, name: str
) -> None:
    given(db, subject="Your invoice", uses=1)
    first = journey.awaiting(db)
    granted(db)
    hook.reached.clear()
    believing.look()
    instants = hook.reached[: hook.reached.index(Point.BEFORE_PERMIT_ASKED) + 1]

    for number, point in enumerate(dict.fromkeys(instants)):
        grant = given(db, signer=new_key(db, number))
        intent = journey.awaiting(db)
        granted(db)
        hook.wait_for(point, partial(ENDS[name], other, grant))
        while believing.look():
            pass
        assert not hook.waits, point
        assert journey.state_of(db, intent.id) == "in_review", point
        if name != "the grant":
            revoke(db, grant)

    assert len(instants) > 10
    assert [accepted.message_id.split(".")[0] for accepted in sink.accepted()] == [
        f"<{first.id}"
    ]
