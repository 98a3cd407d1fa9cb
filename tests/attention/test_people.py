"""Who decides is told what it was, must read first, and sees how everybody decides."""

from __future__ import annotations

import httpx

from outbox.claim import SEND
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey
from tests.parts.attention import DWELL, FLAW, ask, decoy, no, older, yes
from tests.parts.journey import seen, state_of


def test_a_yes_too_soon_is_refused_and_says_how_much_longer(
    ada: httpx.Client, db: Connection
) -> None:
    ask(db, dwell=DWELL)
    id = journey.awaiting(db).id
    form = {"digest": seen(db, id)}

    unread = ada.post(f"/intents/{id}/approve", data=form)
    ada.get(f"/intents/{id}")
    soon = ada.post(f"/intents/{id}/approve", data=form)
    older(db, 30)
    ada.get(f"/intents/{id}")
    read = ada.post(f"/intents/{id}/approve", data=form)

    assert (unread.status_code, soon.status_code, read.status_code) == (409, 409, 303)
    assert "not open before ada" in unread.text
    assert "s more" in soon.text
    assert state_of(db, id) == "approved"


def test_what_is_only_fetched_ahead_is_not_open(ada: httpx.Client, db: Connection) -> None:
    ask(db, dwell=DWELL)
    id = journey.awaiting(db).id

    ada.get(f"/intents/{id}", headers={"Sec-Purpose": "prefetch;prerender"})
    ada.get(f"/intents/{id + 1}")

    assert db.execute("SELECT FROM outbox.look").fetchall() == []


def test_nothing_is_noted_where_the_policy_asks_for_nothing(
    ada: httpx.Client, db: Connection
) -> None:
    id = journey.awaiting(db).id

    ada.get(f"/intents/{id}")

    assert db.execute("SELECT FROM outbox.look").fetchall() == []


def test_several_are_approved_once_their_page_was_read(
    ada: httpx.Client, db: Connection
) -> None:
    ask(db, dwell=DWELL)
    ids = [journey.awaiting(db, journey.mail(to=f"{n}@example.org")).id for n in "ab"]
    lines = [f"{id}:{seen(db, id)}" for id in ids]

    ada.get("/bulk", params={"id": ids})
    soon = ada.post("/bulk/approve", data={"item": lines})
    older(db, 50)
    read = ada.post("/bulk/approve", data={"item": lines})

    assert (soon.status_code, read.status_code) == (409, 200)
    assert {state_of(db, id) for id in ids} == {"approved"}


def test_who_approves_a_decoy_is_told_on_the_next_page_and_it_never_leaves(
    ada: httpx.Client, db: Connection
) -> None:
    id = decoy(db)
    journey.switch_on(db)

    answer = ada.post(f"/intents/{id}/approve", data={"digest": seen(db, id)})
    told = ada.get(answer.headers["location"], follow_redirects=True).text

    assert f"Intent {id}" in told
    assert "It was a decoy" in told
    assert FLAW in told
    assert FLAW in ada.get(f"/intents/{id}").text
    assert Ledger(db, worker="sender-1").claim(SEND) == []
    assert state_of(db, id) == "withdrawn"


def test_who_says_no_to_a_decoy_is_told_that_they_caught_it(
    ada: httpx.Client, db: Connection
) -> None:
    id = decoy(db)
    form = {"digest": seen(db, id), "because": "other", "reason": "the sum"}

    answer = ada.post(f"/intents/{id}/reject", data=form)

    assert "ada caught it" in ada.get(answer.headers["location"], follow_redirects=True).text


def test_of_several_at_once_the_decoy_is_told(ada: httpx.Client, db: Connection) -> None:
    id, other = decoy(db, journey.mail()), journey.awaiting(db).id
    lines = [f"{one}:{seen(db, one)}" for one in (id, other)]

    told = ada.post("/bulk/approve", data={"item": lines}).text

    assert told.count("was a decoy") == 1
    assert FLAW in told
    assert state_of(db, other) == "approved"


def test_a_program_reads_first_and_is_told_too(grace: httpx.Client, db: Connection) -> None:
    ask(db, dwell=DWELL)
    id, other = decoy(db), journey.awaiting(db).id
    yes_to = {"digest": seen(db, id)}

    soon = grace.post(f"/intents/{id}/approve", json=yes_to)
    grace.get(f"/intents/{id}")
    older(db, 30)
    told = grace.post(f"/intents/{id}/approve", json=yes_to)
    because = {"because": "other", "reason": "no", "digest": seen(db, other)}
    usual = grace.post(f"/intents/{other}/reject", json=because)

    assert soon.status_code == 409
    assert told.json() == {"id": id, "by": "grace", "decoy": FLAW, "missing": 0}
    assert usual.json() == {"id": other, "by": "grace", "decoy": None}


def test_the_page_of_attention_shows_everybody_who_has_decided(
    ada: httpx.Client, db: Connection
) -> None:
    assert "Nobody has decided" in ada.get("/attention").text
    ask(db, dwell=None, second={"one_in": 1000000}, tighten={"missed": 1})
    yes(db, journey.awaiting(db).id, "bob")
    no(db, decoy(db), "bob")
    yes(db, decoy(db), "cy")

    page = ada.get("/attention").text

    assert "100 %" in page
    assert "<svg" in page
    assert "One in 1000000 takes one more yes" in page
    assert page.count('<th scope="row">') == 2


def test_who_is_tightened_is_told_before_they_decide(ada: httpx.Client, db: Connection) -> None:
    ask(db, tighten={"missed": 1})
    yes(db, decoy(db), "ada")
    id = journey.awaiting(db).id

    assert "Your yes needs one more person until" in ada.get(f"/intents/{id}").text
