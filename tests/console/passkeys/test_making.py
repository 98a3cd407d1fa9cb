"""A passkey is made on our page by its person, and counts once a root vouches for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from consumers.console.passkeys.wire import spelled, unpadded
from outbox.store import Connection
from schemas.authority import documents, holders
from tests.console.passkeys.desk import JSON, Desk, desk, read, states, vouched
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import EVES_ROOT, ROOT, ROOTS, declared, enrolled, revoked

LIARS: dict[str, Callable[[Desk], Desk]] = {
    "no finger and no PIN": lambda ada: ada.with_device(verifies=False),
    "the page of another origin": lambda ada: ada.with_device(origin="https://evil.example"),
    "another domain": lambda ada: ada.with_device(rp_id="example.com"),
}
NONSENSE: tuple[JSON, ...] = (
    {},
    {"credential": "YQ", "client_data": "e30", "attestation": "YQ"},
    {"credential": "YQ", "client_data": "W10", "attestation": "YQ"},
    {"credential": "YQ", "client_data": "/+==", "attestation": "YQ"},
    {"credential": "YQ", "client_data": "YQ" * 9000, "attestation": "YQ"},
    {"credential": 7, "client_data": None, "attestation": []},
)


def page(at: Desk, **more: Any) -> str:
    told = {"X-Name": at.person, "Accept": "text/html"}
    return at.client.get("/passkeys", headers=told, params=more).text


def test_a_passkey_waits_for_a_root_and_its_person_is_told_what_to_give_it(
    db: Connection, new: Desk
) -> None:
    made = new.make()

    assert made.json() == {"name": new.passkey.name}
    told = page(new, made=new.passkey.name)
    assert "waits for a root" in told
    assert "holdshort reviewer enrol ada --key passkey.json --root root.pem" in told
    file = new.client.get(
        f"/passkeys/{new.passkey.name}/passkey.json", headers={"X-Name": "ada"}
    )
    assert holders.of_file(file.content) == new.passkey
    assert file.headers["content-disposition"] == 'attachment; filename="passkey.json"'


def test_what_a_root_says_of_a_passkey_is_shown(db: Connection, new: Desk) -> None:
    new.make()
    declared(db, enrolled("ada", new.passkey))
    assert f"is enrolled: by {ROOT.key.name}" in page(new)

    declared(db, revoked(key=new.passkey.name))

    assert "is revoked: lost" in page(new)


def test_what_a_root_says_that_is_not_believed_here_is_nothing(
    dsn: str, db: Connection
) -> None:
    with desk(dsn, roots=ROOTS) as ada:
        ada.make()
        declared(db, enrolled("ada", ada.passkey, root=EVES_ROOT))

        assert "waits for a root" in page(ada)
        assert ada.begin(*read(db, [journey.awaiting(db)])).status_code == 404


@pytest.mark.parametrize("liar", LIARS)
def test_what_is_no_passkey_for_this_page_is_not_kept(
    db: Connection, new: Desk, liar: str
) -> None:
    refused = LIARS[liar](new).make()

    assert refused.status_code == 403
    assert "this is no passkey for http://localhost:" in refused.json()["error"]
    assert db.execute("SELECT count(*) FROM outbox.passkey").fetchone() == (0,)


def test_the_question_for_a_passkey_is_answered_once_and_there(
    db: Connection, new: Desk
) -> None:
    asked = new.post("/begin", {}).json()["publicKey"]
    answer = attested(new, asked)

    assert replace(new, session=2).post("/finish", answer).status_code == 409
    assert replace(new, person="bob").post("/finish", answer).status_code == 409
    assert new.post("/finish", answer).status_code == 200
    assert new.post("/finish", answer).status_code == 409


def test_a_question_for_an_approval_makes_no_passkey(db: Connection, ada: Desk) -> None:
    begun = ada.begin(*read(db, [journey.awaiting(db)])).json()["publicKey"]
    other = ada.with_device(private=Authenticator().private, credential=b"other")

    assert other.post("/finish", attested(other, begun)).status_code == 409


def test_a_device_that_has_one_is_asked_for_no_other(db: Connection, new: Desk) -> None:
    new.make()

    asked = new.post("/begin", {}).json()["publicKey"]

    assert asked["excludeCredentials"] == [
        {"type": "public-key", "id": spelled(new.device.credential)}
    ]
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("path", ["/finish", "/approval/finish", "/approval/begin"])
def test_nonsense_is_refused_with_words(new: Desk, path: str, nonsense: JSON) -> None:
    refused = new.post(path, nonsense)

    assert refused.status_code in (403, 422), refused.text
    assert refused.json()["error"]


def test_nobody_is_given_the_file_of_another(db: Connection, new: Desk) -> None:
    new.make()

    refused = new.client.get(
        f"/passkeys/{new.passkey.name}/passkey.json", headers={"X-Name": "bob"}
    )

    assert refused.status_code == 404
    assert new.passkey.name not in page(replace(new, person="bob"))


def test_the_root_at_hand_vouches_at_once(dsn: str, db: Connection) -> None:
    intents = [journey.awaiting(db)]
    with desk(dsn, root=ROOT, roots=ROOTS) as ada:
        ada.make()

        outcomes = ada.finish(ada.begin(*read(db, intents))).json()

    assert (outcomes[0]["error"], states(db, intents)) == (None, ["approved"])
    [(content,)] = db.execute("SELECT content FROM outbox.document WHERE kind = 'enrolment'")
    assert documents.enrolment(content).person == "ada"


def test_where_there_is_no_domain_the_page_says_what_to_do(dsn: str, db: Connection) -> None:
    with desk(dsn, origin="http://127.0.0.1:8787") as ada:
        host = {"Host": "127.0.0.1:8787", "X-Name": "ada"}
        told = ada.client.get("/passkeys", headers=host).text

        assert "HOLDSHORT_CONSOLE_URL=http://localhost:8787" in told
        refused = ada.client.post(
            "/passkeys/begin",
            headers={**host, "Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
        )
        assert refused.status_code == 422


def test_a_passkey_of_another_console_is_not_asked_for(db: Connection, new: Desk) -> None:
    elsewhere = replace(new.passkey, origins=("https://elsewhere.example.com",))
    declared(db, enrolled("ada", elsewhere))

    assert new.begin(*read(db, [journey.awaiting(db)])).status_code == 404


def test_of_two_passkeys_either_signs(db: Connection, ada: Desk) -> None:
    other = ada.with_device(private=Authenticator().private, credential=b"other")
    vouched(db, other)
    intents = [journey.awaiting(db)]

    begun = ada.begin(*read(db, intents))

    assert len(begun.json()["publicKey"]["allowCredentials"]) == 2
    assert other.finish(begun).status_code == 200


def attested(at: Desk, asked: JSON) -> JSON:
    client_data, attestation = at.device.attestation(unpadded(asked["challenge"]))
    return {
        "credential": spelled(at.device.credential),
        "client_data": spelled(client_data),
        "attestation": spelled(attestation),
    }
