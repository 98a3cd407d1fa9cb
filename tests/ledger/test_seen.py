"""A decision is about everything that a person was shown, and tells what moved since."""

from __future__ import annotations

import pytest

from outbox.desk import Desk
from outbox.errors import BadArtifact, Conflict, NotFound
from outbox.queries import reader
from outbox.seen import current, shown
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, mail, seen, state_of


def test_what_people_are_shown_is_what_the_desk_compares(dsn: str, db: Connection) -> None:
    id = journey.awaiting(db).id

    with reader(dsn).connect() as look:
        assert shown(look, id) == current(db, id)
        with pytest.raises(NotFound):
            shown(look, id + 1)
    with pytest.raises(NotFound):
        current(db, id + 1)


def test_the_digest_of_the_artifact_alone_decides_nothing(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)

    with pytest.raises(Conflict, match="names its artifact alone"):
        desk.approve(intent.id, digest=intent.digest, valid_for=HOUR)

    assert state_of(db, intent.id) == "awaiting_approval"


@pytest.mark.fault("8 artifact changes before the yes")
def test_a_person_is_told_what_an_edit_has_changed(db: Connection, desk: Desk) -> None:
    id = journey.awaiting(db).id
    read = seen(db, id)
    desk.edit(id, mail(to="eve@example.org"), digest=read)
    journey.score_and_route(db)

    with pytest.raises(Conflict, match=r"version 2 .* changed since .*envelope\.to\.1"):
        desk.approve(id, digest=read, valid_for=HOUR)
    with pytest.raises(Conflict, match=r"headers\.to\.1"):
        desk.edit(id, mail("Another"), digest=read)

    assert state_of(db, id) == "awaiting_approval"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (b"UPDATE outbox.intent SET not_after = now() + interval '1 day'", "not_after"),
        (b"UPDATE outbox.intent SET idempotency_key = 'another'", "key"),
        (b"UPDATE outbox.intent SET producer = 'another'", "producer"),
    ],
)
def test_a_person_is_told_what_else_has_moved_since_it_was_approved_before(
    db: Connection, desk: Desk, change: bytes, field: str
) -> None:
    id = journey.approved(db).id
    read = seen(db, id)
    desk.revoke(id, reason="wait")
    db.execute(change)

    with pytest.raises(Conflict, match=f"changed since the one given: {field}$"):
        desk.approve(id, digest=read, valid_for=HOUR)

    assert state_of(db, id) == "in_review"


def test_a_digest_that_names_nothing_decides_nothing(db: Connection, desk: Desk) -> None:
    id = journey.awaiting(db).id

    with pytest.raises(Conflict, match="names nothing of it"):
        desk.approve(id, digest="0" * 64, valid_for=HOUR)


def test_what_could_never_be_sent_cannot_be_approved_only_rejected(
    db: Connection, desk: Desk
) -> None:
    db.execute("SELECT outbox.submit('k', 'p', 'pigeon', %s)", (b"{}",))
    journey.score_and_route(db)

    with pytest.raises(BadArtifact, match="could never be sent") as refusal:
        desk.approve(1, digest="0" * 64, valid_for=HOUR)

    assert "holdshort reject 1" in refusal.value.hint
    desk.reject(1, reason="no mail")
    assert state_of(db, 1) == "rejected"
