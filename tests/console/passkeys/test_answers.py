"""An answer counts once, to its own question, from whom it was asked of, and in time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from consumers.console.passkeys.wire import spelled
from outbox.authority.challenges import Asking, Purpose, ask
from outbox.store import Connection
from schemas.authority import signing
from tests.console.passkeys.desk import Desk, read, states, vouched
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import approval, item_of, log_of

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


def test_nobody_answers_for_another_whatever_the_database_asks(
    db: Connection, ada: Desk
) -> None:
    intent = journey.awaiting(db)
    said = approval(item_of(db, intent), log=log_of(db), approver="bob")
    challenge = signing.challenge_of(said)
    asking = Asking(session=1, person="ada", purpose=Purpose.APPROVAL)
    ask(db, asking, challenge, said.written())

    refused = ada.finish({"publicKey": {"challenge": spelled(challenge)}})

    assert refused.json()["error"] == "ada has answered for bob"
    assert states(db, [intent]) == [AWAITING]


def grown_old(db: Connection) -> None:
    """Time passes by moving the row; nobody may change one, so it is written anew."""
    db.execute(
        "WITH gone AS (DELETE FROM outbox.challenge RETURNING *) INSERT INTO outbox.challenge"
        " SELECT challenge, session, person, purpose, content,"
        " asked_at - interval '1 hour', expires_at - interval '1 hour' FROM gone"
    )
