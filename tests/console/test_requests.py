"""A request on the pages and in the API: all of it is shown, and decided on like a mail."""

from __future__ import annotations

import httpx

from consumers.channels.http.asking import KNOWN
from outbox import Webhook, lookups
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.console.doing import decide, form, onwards
from tests.parts import journey
from tests.parts.journey import seen, state_of

EVIL = "</pre><script>alert(1)</script>"


def refund(text: str = '{"refund": 12}') -> Webhook:
    return Webhook.model_validate(
        {
            **journey.request().model_dump(),
            "content": b"",
            "text": text,
            "headers": ({"name": "x-region", "value": "eu"},),
        }
    )


def test_a_person_sees_all_of_a_request_and_approves_it(
    ada: httpx.Client, db: Connection
) -> None:
    id = journey.awaiting(db, refund()).id

    page = ada.get(f"/intents/{id}").text
    manifest = ada.get(f"/intents/{id}?show=manifest").text
    listed = ada.get("/approve").text
    decide(ada, db, id, "approve")

    for said in ("POST https://hooks.example.org/In/new", "x-region", "&#34;refund&#34;: 12"):
        assert said in page
    assert "request.url" in manifest
    assert "https://hooks.example.org/in/new" in listed
    assert state_of(db, id) == "approved"


def test_the_raw_request_is_what_leaves_but_for_who_asks(
    ada: httpx.Client, db: Connection
) -> None:
    id = journey.awaiting(db, refund()).id
    raw = ada.get(f"/intents/{id}/raw")
    assert raw.content.startswith(b"POST /In/new HTTP/1.1\r\nhost: hooks.example.org\r\n")
    assert raw.content.endswith(b'\r\n\r\n{"refund": 12}')
    assert "HTTP/1.1" in ada.get(f"/intents/{id}?show=raw").text


def test_what_a_request_says_is_never_markup_of_the_page(
    ada: httpx.Client, db: Connection
) -> None:
    evil = refund().model_copy(update={"media_type": "text/plain", "text": EVIL})
    id = journey.awaiting(db, evil).id
    for path in ("", "?show=raw", "?show=manifest", "/changes"):
        assert "<script>alert" not in ada.get(f"/intents/{id}{path}").text


def test_octets_are_downloaded_and_a_hidden_sign_is_found(
    ada: httpx.Client, db: Connection
) -> None:
    octets = Webhook(
        url="https://hooks.example.org/in", media_type="image/png", content=b"iVBORw0="
    )
    first = journey.awaiting(db, octets).id
    hidden = refund().model_copy(
        update={"media_type": "text/plain", "text": "pay 12\u202e00 to ada"}
    )
    second = journey.awaiting(db, hidden).id

    body = ada.get(f"/intents/{first}/versions/1/attachments/1")

    assert body.content == b"\x89PNG\r"
    assert "RIGHT-TO-LEFT OVERRIDE" in ada.get(f"/intents/{second}").text


def test_another_version_says_what_changed_and_the_form_mends_mails_alone(
    ada: httpx.Client, db: Connection
) -> None:
    intent = journey.awaiting(db, refund())
    assert ada.post(f"/intents/{intent.id}/edit", data=form(db, intent.id)).status_code == 409
    from outbox.desk import Desk

    Desk(db, actor="bob").edit(intent.id, refund('{"refund": 120}'), digest=seen(db, intent.id))
    page = ada.get(f"/intents/{intent.id}/changes").text
    assert "120" in page


def test_several_requests_are_looked_at_each_by_itself(
    ada: httpx.Client, db: Connection
) -> None:
    ids = [journey.awaiting(db, refund()).id for _ in range(2)]
    page = ada.get("/bulk", params={"id": ids}).text
    assert page.count("it is no mail") == 2


def test_what_the_other_side_says_is_shown_to_whom_resolves_it(
    ada: httpx.Client, db: Connection
) -> None:
    id = journey.stranded(db, Ledger(db, worker="sender-1"), refund()).id
    lookups.keep(db, id, worker="lookup-1", evidence={"found": KNOWN, "final_reply": "200 OK"})

    page = ada.get(f"/intents/{id}").text
    done = decide(ada, db, id, "resolve", outcome="sent", reason="it is there")

    assert KNOWN in page
    assert "msg_" in page
    assert onwards(ada, done).status_code == 200
    assert state_of(db, id) == "sent"


def test_a_program_reads_a_request_and_edits_it(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db, refund()).id
    looked = grace.get(f"/intents/{id}").json()
    version = grace.get(f"/intents/{id}/versions/1").json()
    version["text"] = '{"refund": 13}'
    edited = grace.post(
        f"/intents/{id}/edit", json={"digest": looked["digest"], "artifact": version}
    )

    assert looked["manifest"]["request"]["url"] == "https://hooks.example.org/In/new"
    assert edited.status_code == 200, edited.text
    assert edited.json()["version"] == 2
