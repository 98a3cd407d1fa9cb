"""What a person's device has signed is approved, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest

from consumers.console.passkeys.wire import unpadded
from outbox.desk import Desk as Bare
from outbox.store import Connection
from schemas.authority import documents
from schemas.authority.documents import APPROVAL
from schemas.receipts.envelope import encoded
from tests.console.passkeys.desk import Desk, read, states, vouched
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import declared, revoked

AWAITING = "awaiting_approval"
MANY = 20


def of_another(db: Connection, ada: Desk) -> Desk:
    """Bob's device, which is enrolled for bob, in ada's hands."""
    device = Authenticator(credential=b"of bob", rp_id="localhost", origin=ada.device.origin)
    vouched(db, replace(ada, person="bob", device=device))
    return replace(ada, device=device)


LIARS: dict[str, Callable[[Connection, Desk], Desk]] = {
    "no finger and no PIN": lambda _, ada: ada.with_device(verifies=False),
    "the page of another origin": lambda _, ada: ada.with_device(
        origin="http://evil.localhost"
    ),
    "the page of another port": lambda _, ada: ada.with_device(origin="http://localhost:1"),
    "another domain": lambda _, ada: ada.with_device(rp_id="example.com"),
    "the making of a passkey": lambda _, ada: ada.with_device(kind="webauthn.create"),
    "another key": lambda _, ada: ada.with_device(private=Authenticator().private),
    "an unknown passkey": lambda _, ada: ada.with_device(credential=b"unknown"),
    "the passkey of another person": of_another,
}


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
    assert shown["title"] == "ada approves 2 mails, for one attempt each"
    assert shown["items"][0]["to"] == ["ada@example.org"]
    assert f"{said.expires_at:%Y-%m-%d %H:%M:%S %Z}" in shown["facts"][0][1]
    assert begun["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize("liar", LIARS)
def test_an_answer_that_is_no_signature_of_theirs_approves_nothing(
    db: Connection, ada: Desk, liar: str
) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents))

    refused = LIARS[liar](db, ada).finish(begun)

    assert refused.status_code == 403, refused.text
    assert refused.json()["hint"]
    assert states(db, intents) == [AWAITING]
    assert ada.finish(begun).status_code == 409  # the question was spent


def test_an_answer_is_to_its_own_question_and_no_other(db: Connection, ada: Desk) -> None:
    intents = [journey.awaiting(db), journey.awaiting(db)]
    first, second = (ada.begin(one) for one in read(db, intents))
    answer, other = ada.answer(first), ada.answer(second)

    mixed = {**answer, "client_data": other["client_data"]}

    assert ada.post("/approval/finish", mixed).status_code == 403
    assert states(db, intents) == [AWAITING, AWAITING]
    assert ada.finish(first).status_code == 200
    assert states(db, intents) == ["approved", AWAITING]


def test_nobody_answers_a_question_that_was_not_asked_of_them_there(
    db: Connection, ada: Desk
) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents))
    bob = vouched(
        db,
        replace(
            ada,
            person="bob",
            device=replace(ada.device, credential=b"bob's", private=Authenticator().private),
        ),
    )

    for other in (replace(ada, session=2), bob, replace(bob, device=ada.device)):
        assert other.finish(begun).status_code == 409
    assert states(db, intents) == [AWAITING]
    assert ada.finish(begun).status_code == 200


def test_of_twenty_answers_at_once_one_counts(db: Connection, ada: Desk) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents)).json()

    with ThreadPoolExecutor(MANY) as pool:
        codes = [one.status_code for one in pool.map(lambda _: ada.finish(begun), range(MANY))]

    assert sorted(codes) == [200, *[409] * (MANY - 1)]
    assert db.execute("SELECT count(*) FROM outbox.endorsement").fetchone() == (1,)


def test_an_old_question_is_not_answered(db: Connection, ada: Desk) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents))
    grown_old(db)

    refused = ada.finish(begun)

    assert (refused.status_code, states(db, intents)) == (409, [AWAITING])
    assert "within the last 5 minutes" in refused.json()["error"]


def test_what_the_database_has_changed_meanwhile_was_not_signed(
    db: Connection, ada: Desk
) -> None:
    intents = [journey.awaiting(db)]
    begun = ada.begin(*read(db, intents))
    db.execute(
        "WITH gone AS (DELETE FROM outbox.challenge RETURNING *) INSERT INTO outbox.challenge"
        " SELECT challenge, session, person, purpose, convert_to(replace(convert_from(content,"
        " 'UTF8'), '\"expires_at\":\"2', '\"expires_at\":\"3'), 'UTF8'), asked_at, expires_at"
        " FROM gone"
    )

    refused = ada.finish(begun)

    assert (refused.status_code, states(db, intents)) == (403, [AWAITING])
    assert "has not signed this" in refused.json()["error"]


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


def grown_old(db: Connection) -> None:
    """Time passes by moving the row; nobody may change one, so it is written anew."""
    db.execute(
        "WITH gone AS (DELETE FROM outbox.challenge RETURNING *) INSERT INTO outbox.challenge"
        " SELECT challenge, session, person, purpose, content,"
        " asked_at - interval '1 hour', expires_at - interval '1 hour' FROM gone"
    )
