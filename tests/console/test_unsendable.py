"""What cannot be sent, or not any more, is not approved on its page."""

from __future__ import annotations

import httpx

from outbox.erasing import Eraser
from outbox.store import Connection
from tests.console.doing import decide
from tests.parts.journey import awaiting, mail, state_of

APPROVE = 'action="/intents/{}/approve"'
WHY = {"because": "other", "reason": "enough"}


def test_what_could_never_be_sent_is_named_by_its_bytes_and_is_not_approved(
    ada: httpx.Client, db: Connection
) -> None:
    intent = awaiting(db)
    db.execute("ALTER TABLE outbox.intent DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.intent SET channel = 'pigeon'")
    page = ada.get(f"/intents/{intent.id}").text
    read = {"digest": intent.digest, **WHY}

    approved = ada.post(f"/intents/{intent.id}/approve", data=read)
    other = ada.post(f"/intents/{intent.id}/reject", data={**read, "digest": "0" * 64})
    rejected = ada.post(f"/intents/{intent.id}/reject", data=read)

    assert intent.digest in page
    assert APPROVE.format(intent.id) not in page
    assert (approved.status_code, other.status_code) == (422, 422)
    assert rejected.status_code == 303
    assert state_of(db, intent.id) == "rejected"


def test_of_what_was_erased_nothing_is_shown_and_nothing_decided(
    ada: httpx.Client, db: Connection
) -> None:
    intent = awaiting(db, mail("A secret subject"))
    assert decide(ada, db, intent.id, "reject", **WHY).status_code == 303
    Eraser(db, actor="dora", reason="asked for").erase(intent.id)

    page = ada.get(f"/intents/{intent.id}").text

    assert "was erased" in page
    assert "A secret subject" not in page
    assert '<form method="post" action="/intents' not in page
