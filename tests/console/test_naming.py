"""A decision names what was read: if that is not what stands, nothing is decided."""

from __future__ import annotations

import httpx
import pytest

from outbox.store import Connection
from tests.console.doing import FORM, form
from tests.parts import journey
from tests.roles.digest import Digest

POSTS = ("approve", "reject", "edit", "send-back", "defer", "revoke", "resolve")


@pytest.mark.parametrize("verb", POSTS)
@pytest.mark.parametrize(
    ("digest", "status"),
    [
        (None, 422),
        ("", 422),
        ("abc", 422),
        ("A" * 64, 422),
        ("0" * 63 + "\n", 422),
        ("0" * 64, 409),
    ],
)
def test_nobody_decides_on_what_they_do_not_name(
    at: str, db: Connection, verb: str, digest: str | None, status: int
) -> None:
    intent = journey.awaiting(db)
    sent = {name: value for name, value in FORM.items() if name != "digest"}
    if digest is not None:
        sent["digest"] = digest
    before = Digest(db).taken()

    answer = httpx.post(f"{at}/intents/{intent.id}/{verb}", data=sent)

    assert answer.status_code == status, answer.text
    assert Digest(db).taken() == before


@pytest.mark.parametrize("verb", POSTS)
def test_nobody_decides_on_what_is_not_there(at: str, db: Connection, verb: str) -> None:
    before = Digest(db).taken()

    answer = httpx.post(f"{at}/intents/4711/{verb}", data={**FORM, "digest": "0" * 64})

    assert answer.status_code == 404
    assert Digest(db).taken() == before


def test_what_moved_since_it_was_read_is_shown_with_what_changed(
    at: str, db: Connection
) -> None:
    intent = journey.awaiting(db)
    read = form(db, intent.id)
    edited = form(db, intent.id, subject="To somebody else", to="bob@example.org")
    assert httpx.post(f"{at}/intents/{intent.id}/edit", data=edited).status_code == 303
    journey.score_and_route(db)
    before = Digest(db).taken()

    answer = httpx.post(f"{at}/intents/{intent.id}/approve", data=read)

    assert answer.status_code == 409
    for said in ("ada@example.org", "bob@example.org", "To somebody else", "Your invoice"):
        assert said in answer.text
    assert Digest(db).taken() == before


@pytest.mark.parametrize("verb", ["approve", "reject", "edit", "send-back", "defer", "resolve"])
def test_what_somebody_has_decided_is_not_decided_again(
    at: str, db: Connection, verb: str
) -> None:
    intent = journey.awaiting(db)
    read = form(db, intent.id)
    assert httpx.post(f"{at}/intents/{intent.id}/reject", data=read).status_code == 303
    before = Digest(db).taken()

    answer = httpx.post(f"{at}/intents/{intent.id}/{verb}", data=read)

    assert answer.status_code == 409
    assert "rejected by <b>ada</b>" in answer.text
    assert Digest(db).taken() == before
