"""Several are approved with one look only where they say the same and need the same yes."""

from __future__ import annotations

import httpx
import pytest

from outbox.intent import Amount, Attachment, Email
from outbox.policy.document import parse
from outbox.policy.setting import set_policy
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import awaiting, mail, seen, state_of

FILE = Attachment(filename="terms.txt", media_type="text/plain", content=b"dGVybXM=")
OTHERS = {
    "hides something": mail().model_copy(update={"text": mail().text + "\u200b"}),
    "another template": mail().model_copy(
        update={"text": "Hello, this is about something else entirely: call us back, please.\n"}
    ),
    "another sender": mail().model_copy(update={"sender": "office@example.com"}),
    "other files": mail().model_copy(update={"attachments": (FILE,)}),
    "the yes of other people": mail(to="cfo@bank.example"),
}
TWO_FOR_THE_BANK = (
    '{"sole_operator": false, "tiers": [{"when": {"to": "*@bank.example"},'
    ' "needs": {"approvals": 2}}]}'
)


def invoice(number: int) -> Email:
    told = f"Dear Bob {number},\n\nyour invoice over {number} euros is ready.\n"
    return mail(f"Invoice {number}", to=f"bob{number}@example.org").model_copy(
        update={"text": told, "amount": Amount(value=number * 100, currency="EUR")}
    )


def test_what_differs_from_one_to_the_next_is_shown_of_each(
    ada: httpx.Client, db: Connection
) -> None:
    ids = [awaiting(db, invoice(number)).id for number in (11, 22, 33)]

    page = ada.get("/bulk", params={"id": ids}).text

    for number in (22, 33):
        assert f"bob{number}@example.org" in page
        assert f"<mark>{number}</mark>" in page


@pytest.mark.parametrize("why", OTHERS)
def test_what_is_not_like_the_others_is_looked_at_by_itself(
    ada: httpx.Client, db: Connection, why: str
) -> None:
    set_policy(db, parse(TWO_FOR_THE_BANK), revision=2, actor="ada")
    usual, other = awaiting(db), awaiting(db, OTHERS[why])
    lines = [f"{one.id}:{seen(db, one.id)}" for one in (usual, other)]

    page = ada.get("/bulk", params={"id": [usual.id, other.id]}).text
    answer = ada.post("/bulk/approve", data={"item": lines})

    assert f"Intent {other.id}</a>: it" in page
    assert why in page
    assert answer.status_code == 409
    assert {state_of(db, one.id) for one in (usual, other)} == {"awaiting_approval"}


def test_each_is_a_recorded_decision_and_a_bad_one_stops_no_other(
    ada: httpx.Client, db: Connection
) -> None:
    ids = [awaiting(db, invoice(number)).id for number in (1, 2, 3)]
    digests = {id: seen(db, id) for id in ids} | {ids[1]: "0" * 64}

    answer = ada.post("/bulk/approve", data={"item": [f"{i}:{d}" for i, d in digests.items()]})

    assert answer.status_code == 409
    assert [state_of(db, id) for id in ids] == ["approved", "awaiting_approval", "approved"]
    assert [journey.kinds_of(db, id).count("approved") for id in ids] == [1, 0, 1]
    assert f"Intent {ids[1]}" in answer.text


def test_more_than_fifty_are_not_approved_at_once(ada: httpx.Client, db: Connection) -> None:
    lines = [f"{id}:{'0' * 64}" for id in range(1, 52)]

    assert ada.post("/bulk/approve", data={"item": lines}).status_code == 422
    assert ada.get("/bulk", params={"id": range(1, 52)}).status_code == 422


def test_what_is_in_review_is_never_approved_in_bulk(ada: httpx.Client, db: Connection) -> None:
    intent = journey.scored(db, confidence=0.1)
    journey.score_and_route(db)

    answer = ada.post("/bulk/approve", data={"item": [f"{intent.id}:{seen(db, intent.id)}"]})

    assert answer.status_code == 409
    assert state_of(db, intent.id) == "in_review"
