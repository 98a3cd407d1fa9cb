"""The page of an intent: what would leave, whole, from its stored bytes; and what follows."""

from __future__ import annotations

import base64

import httpx
import pytest

from consumers.console.pages import item as shown
from outbox import queries
from outbox.intent import Attachment, Email, parse_artifact
from outbox.ledger import Ledger
from outbox.policy.document import parse
from outbox.policy.setting import set_policy
from outbox.store import Connection
from tests.console.doing import decide, onwards
from tests.parts import journey
from tests.parts.journey import awaiting, kinds_of, mail, seen, state_of

TWO = '{"sole_operator": false, "tiers": [{"needs": {"approvals": 2}}]}'
APPROVE = 'action="/intents/{}/approve"'
WHY = {"because": "other", "reason": "enough"}


def stored(dsn: str, id: int) -> Email:
    with queries.reader(dsn).connect() as look:
        intent = queries.dossier(look, id).intent
        mail = parse_artifact(queries.content(look, id, digest=intent.digest))
    assert isinstance(mail, Email)
    return mail


def test_what_a_page_does_not_show_whole_is_not_decided_on_there(
    ada: httpx.Client, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = awaiting(db)
    assert APPROVE.format(intent.id) in ada.get(f"/intents/{intent.id}").text

    monkeypatch.setattr(shown, "LONGEST", 10)
    page = ada.get(f"/intents/{intent.id}").text

    assert APPROVE.format(intent.id) not in page
    assert f"/intents/{intent.id}/edit" not in page
    assert "does not show all of it" in page


def test_what_an_agent_wrote_is_never_markup_of_the_page(
    ada: httpx.Client, db: Connection
) -> None:
    evil = "</pre><script>alert(1)</script>"
    intent = awaiting(db, mail(evil).model_copy(update={"text": evil, "sender_name": evil}))

    for path in ("", "?show=manifest", "/edit"):
        page = ada.get(f"/intents/{intent.id}{path}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_after_a_decision_comes_the_next_of_the_list_that_waits_longest(
    ada: httpx.Client, db: Connection
) -> None:
    first, second, third = (awaiting(db) for _ in range(3))

    for decided, next in ((second, third), (third, first)):
        answer = onwards(ada, decide(ada, db, decided.id, "approve"))
        assert answer.url.path == f"/intents/{next.id}"
        assert f"Intent {decided.id}</a> is now" in answer.text

    last = onwards(ada, decide(ada, db, first.id, "reject", **WHY))
    assert last.url.path == "/approve"
    assert "Nothing waits for a yes" in last.text


def test_a_yes_that_is_not_enough_leads_to_the_next_as_well(
    ada: httpx.Client, db: Connection
) -> None:
    set_policy(db, parse(TWO), revision=2, actor="ada")
    first, second = awaiting(db), awaiting(db)

    answer = onwards(ada, decide(ada, db, first.id, "approve"))

    assert answer.url.path == f"/intents/{second.id}"
    assert state_of(db, first.id) == "awaiting_approval"
    assert "1 missing" in ada.get(f"/intents/{first.id}").text


def test_an_edit_is_a_new_version_under_ones_name_and_leaves_the_rest_as_it_was(
    ada: httpx.Client, db: Connection, dsn: str
) -> None:
    file = Attachment(
        filename="a.txt", media_type="text/plain", content=base64.b64encode(b"hello")
    )
    before = mail().model_copy(update={"attachments": (file,), "text": "one\ntwo\n"})
    intent = awaiting(db, before)

    form = {"subject": "Your bill", "to": "ada@example.org", "text": "one\r\nthree\r\n"}
    answer = decide(ada, db, intent.id, "edit", **form)

    assert answer.status_code == 303
    changed = before.model_copy(update={"subject": "Your bill", "text": "one\nthree\n"})
    assert stored(dsn, intent.id) == changed
    assert state_of(db, intent.id) == "submitted"
    assert db.execute(
        "SELECT written_by FROM outbox.artifact WHERE intent_id = %s ORDER BY version",
        (intent.id,),
    ).fetchall() == [("tests",), ("ada",)]


def test_an_edit_that_is_no_mail_changes_nothing_and_says_why(
    ada: httpx.Client, db: Connection
) -> None:
    intent = awaiting(db)

    answer = decide(ada, db, intent.id, "edit", subject="x", to="nobody", text="hello")

    assert answer.status_code == 422
    assert "to.0" in answer.text
    assert kinds_of(db, intent.id).count("edited") == 0


def test_a_stranded_intent_shows_what_is_known_and_is_not_declared_unsent_too_soon(
    ada: httpx.Client, db: Connection
) -> None:
    claim = journey.stranded(db, Ledger(db, worker="sender-1"))
    page = ada.get(f"/intents/{claim.id}").text

    early = decide(ada, db, claim.id, "resolve", outcome="not-sent", reason="not there")
    assert early.status_code == 409
    assert "may still arrive" in early.text
    assert state_of(db, claim.id) == "stranded"
    assert "its bytes may still arrive" in page
    assert seen(db, claim.id) in page
    assert "retry" not in page.lower()

    found = decide(ada, db, claim.id, "resolve", outcome="sent", reason="it is in the inbox")
    assert found.status_code == 303
    assert state_of(db, claim.id) == "sent"


def test_what_is_deferred_is_taken_up_again_by_anybody(
    ada: httpx.Client, db: Connection
) -> None:
    intent = awaiting(db)

    assert decide(ada, db, intent.id, "defer", span="4 hours").status_code == 303
    assert "out of sight until" in ada.get(f"/intents/{intent.id}").text
    assert state_of(db, intent.id) == "awaiting_approval"

    assert decide(ada, db, intent.id, "take-up").status_code == 303
    assert "out of sight until" not in ada.get(f"/intents/{intent.id}").text


def test_what_is_sent_back_says_what_should_be_different(
    ada: httpx.Client, db: Connection
) -> None:
    intent = awaiting(db)

    decide(ada, db, intent.id, "send-back", because="wrong_amount", reason="say 12 euros")

    assert state_of(db, intent.id) == "sent_back"
    page = ada.get(f"/intents/{intent.id}").text
    assert "because of wrong amount" in page
    assert "say 12 euros" in page
