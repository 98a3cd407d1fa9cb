"""What a person's device has signed is approved, and nothing else is."""

from __future__ import annotations

from hashlib import sha256

import pytest

from consumers.console.passkeys.wire import unpadded
from outbox.desk import Desk as Bare
from outbox.store import Connection
from schemas.authority import documents
from schemas.authority.documents import APPROVAL
from schemas.receipts.envelope import encoded
from tests.console.passkeys.desk import Desk, desk, read, states, vouched
from tests.parts import journey
from tests.parts.reviewers import declared, revoked

AWAITING = "awaiting_approval"


def test_several_are_approved_with_one_touch(db: Connection, ada: Desk) -> None:
    intents = [journey.awaiting(db) for _ in range(5)]

    outcomes = ada.finish(ada.begin(*read(db, intents))).json()

    assert [(one["id"], one["missing"], one["error"]) for one in outcomes] == [
        (intent.id, 0, None) for intent in intents
    ]
    assert states(db, intents) == ["approved"] * 5
    [(key,)] = db.execute("SELECT key FROM outbox.document WHERE kind = 'approval'")
    assert key == ada.passkey.name


def test_what_is_shown_is_read_off_the_bytes_that_are_signed(db: Connection, ada: Desk) -> None:
    items = read(db, [journey.awaiting(db), journey.awaiting(db)])

    begun = ada.begin(*items).json()
    ada.finish(begun)

    [(content,)] = db.execute("SELECT content FROM outbox.document WHERE kind = 'approval'")
    said, shown = documents.approval(content), begun["summary"]
    asked = unpadded(begun["publicKey"]["challenge"])
    assert asked == sha256(encoded(APPROVAL, content)).digest()
    assert [(one.intent, one.manifest) for one in said.items] == [
        (one["id"], one["digest"]) for one in items
    ]
    assert [(one["id"], one["digest"]) for one in shown["items"]] == [
        (one["id"], one["digest"]) for one in items
    ]
    assert shown["title"] == "ada approves 2 intents, for one attempt each"
    assert shown["items"][0]["to"] == ["ada@example.org"]
    assert f"{said.expires_at:%Y-%m-%d %H:%M:%S %Z}" in shown["facts"][0][1]
    assert begun["publicKey"]["userVerification"] == "required"


def test_the_database_is_told_no_longer_leave_than_was_signed(dsn: str, db: Connection) -> None:
    with desk(dsn, hold=journey.SECOND * 300) as at:
        ada = vouched(db, at)
        begun = ada.begin(*read(db, [journey.awaiting(db)]))
        ada.finish(begun)

    [(content,)] = db.execute("SELECT content FROM outbox.document WHERE kind = 'approval'")
    said = documents.approval(content)
    [(expires, held)] = db.execute("SELECT expires_at, held_until FROM outbox.approval")
    assert expires - said.expires_at < journey.SECOND * 10
    assert said.held_until is not None
    assert abs(held - said.held_until) < journey.SECOND * 10


def test_what_moves_between_the_question_and_the_answer_is_not_approved_and_the_others_are(
    db: Connection, ada: Desk
) -> None:
    intents = [journey.awaiting(db) for _ in range(3)]
    begun = ada.begin(*read(db, intents))
    Bare(db, actor="bob").edit(
        intents[1].id, journey.mail("Other"), digest=journey.seen(db, intents[1].id)
    )

    outcomes = ada.finish(begun).json()

    assert [one["error"] is None for one in outcomes] == [True, False, True]
    assert "changed since the one given: version, artifact" in outcomes[1]["error"]
    assert states(db, intents) == ["approved", "submitted", "approved"]


def test_what_has_moved_before_the_question_is_not_asked(db: Connection, ada: Desk) -> None:
    intents = [journey.awaiting(db), journey.awaiting(db)]
    items = read(db, intents)
    Bare(db, actor="bob").edit(intents[1].id, journey.mail("Other"), digest=items[1]["digest"])

    refused = ada.begin(*items)

    assert refused.status_code == 409
    assert "changed since the one given" in refused.json()["error"]
    assert db.execute("SELECT count(*) FROM outbox.challenge").fetchone() == (0,)


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_revoked_passkey_signs_nothing_and_says_why(
    db: Connection, ada: Desk, when: str
) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents))
    declared(db, revoked(key=ada.passkey.name))

    if when == "before":
        assert ada.begin(*read(db, intents)).status_code == 404
    refused = ada.finish(begun)

    assert refused.status_code == 403
    assert refused.json()["error"].endswith("is revoked: lost")
    assert states(db, intents) == [AWAITING]


def test_a_passkey_that_no_root_vouches_for_signs_nothing(db: Connection, new: Desk) -> None:
    new.make()

    refused = new.begin(*read(db, [journey.awaiting(db)]))

    assert refused.status_code == 404
    assert "no passkey that is enrolled" in refused.json()["error"]
    assert "/passkeys" in refused.json()["hint"]


def test_several_that_do_not_say_the_same_are_not_asked_together(
    db: Connection, ada: Desk
) -> None:
    other = journey.mail("Hello").model_copy(update={"text": "Something else, all of it.\n"})
    intents = [journey.awaiting(db), journey.awaiting(db, other)]

    refused = ada.begin(*read(db, intents))

    assert refused.status_code == 409
    assert "it is of another template" in refused.json()["error"]


def test_who_is_not_signed_in_is_asked_nothing(ada: Desk) -> None:
    refused = ada.client.post(
        "/passkeys/approval/begin",
        json={"items": []},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert refused.status_code == 401


def test_another_site_is_asked_nothing(ada: Desk) -> None:
    told = {"Sec-Fetch-Site": "cross-site", "X-Name": "ada"}

    for path in ("/begin", "/finish", "/approval/begin", "/approval/finish"):
        refused = ada.client.post(f"/passkeys{path}", json={}, headers=told)
        assert refused.status_code == 403
        assert ada.client.get(f"/passkeys{path}", headers=told).status_code in (404, 405)
