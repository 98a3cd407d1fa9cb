"""Whom an artifact would reach, the database reads off its bytes."""

from __future__ import annotations

import pytest

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import BadArtifact
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND


def test_everyone_counts_who_would_receive_it_and_only_of_the_latest_version(
    db: Connection, desk: Desk, ledger: Ledger
) -> None:
    intent = journey.awaiting(db)
    Desk(db, actor="joe").edit(
        intent.id,
        journey.mail(to="Bob@example.com").model_copy(update={"cc": ("eve@example.net",)}),
        digest=journey.seen(db, intent.id),
    )
    journey.score_and_route(db)
    desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)

    ledger.permit(claim, enough=SECOND)

    counted = db.execute("SELECT scope, name FROM outbox.counted ORDER BY 1, 2").fetchall()
    assert counted == [
        ("address", "bob@example.com"),
        ("address", "eve@example.net"),
        ("channel", "email"),
        ("domain", "example.com"),
        ("domain", "example.net"),
        ("everything", ""),
        ("producer", "tests"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'{"to": ["ada@example.org"], "to": ["eve@example.net"]}',
        b'{"t\\u006f": ["eve@example.net"], "cc": ["ada@example.org"]}',
        b'{"to": ["eve@example.net", null], "bcc": ["ada@example.org"], "cc": "x@y.example"}',
    ],
)
def test_no_spelling_hides_a_recipient_from_the_database(
    db: Connection, content: bytes
) -> None:
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))

    read = db.execute("SELECT address FROM outbox.recipient ORDER BY 1").fetchall()
    assert read == [("ada@example.org",), ("eve@example.net",)]


@pytest.mark.parametrize("content", [b"not a mail", b"\xff", b"[]", b'{"to": "x"}'])
def test_what_has_no_recipients_is_held_but_nobody_can_approve_it_as_a_mail(
    db: Connection, desk: Desk, content: bytes
) -> None:
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))
    journey.score_and_route(db)
    [(id,)] = db.execute("SELECT id FROM outbox.intent").fetchall()

    with pytest.raises(BadArtifact, match="could never be sent"):
        desk.approve(id, digest="0" * 64, valid_for=HOUR)

    assert journey.state_of(db, id) == "awaiting_approval"


@pytest.mark.parametrize(
    "to", ["Ada <ada@example.org>", "ada@EXAMPLE.org", "a@xn--bcher-kva.org"]
)
def test_a_recipient_spelled_otherwise_than_it_is_sent_is_no_artifact(
    db: Connection, desk: Desk, to: str
) -> None:
    content = journey.mail().model_dump_json().replace("ada@example.org", to).encode()
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))
    journey.score_and_route(db)
    [(id,)] = db.execute("SELECT id FROM outbox.intent").fetchall()

    with pytest.raises(BadArtifact, match="write the recipients as they are sent"):
        desk.approve(id, digest="0" * 64, valid_for=HOUR)
