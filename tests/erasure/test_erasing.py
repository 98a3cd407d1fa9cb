"""Erasure: what an intent said is gone for good, and everything else stays true."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from outbox.claim import SCORE
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.errors import BadSettings, Conflict, NotFound
from outbox.intent import canonical
from outbox.ledger import Ledger
from outbox.lifecycle import FINAL, State
from outbox.store import Connection
from tests.erasure.lives import sent
from tests.parts import journey

TABLES = ("artifact", "recipient", "counted", "score", "receipt", "event", "approval", "intent")


def dump(db: Connection) -> str:
    """Everything that the tables of ours hold, as one text."""
    tables = db.execute(
        "SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'r'"
        " AND relnamespace = 'outbox'::regnamespace ORDER BY 1"
    ).fetchall()
    rows = [
        f"{name}: {row[0]}"
        for (name,) in tables
        for row in db.execute(f"SELECT t::text FROM {name} AS t".encode()).fetchall()
    ]
    return "\n".join(rows)


def test_what_is_erased_is_nowhere_in_the_database(db: Connection, eraser: Eraser) -> None:
    mail = journey.mail(subject="Plum pudding", to="zoe.zebra@zoo.example")
    id = sent(db, mail)
    [(secret,)] = db.execute("SELECT secret FROM outbox.artifact").fetchall()
    traces = ["zebra", "zoo.example", "looks fine", secret.hex()]
    traces += [canonical(mail).hex()[:40], hashlib.sha256(canonical(mail)).hexdigest()]
    before = dump(db)

    eraser.erase(id)

    assert [trace for trace in traces[:-1] if trace not in before] == []
    assert [trace for trace in traces if trace in dump(db)] == []


def test_the_row_of_an_erased_artifact_still_says_who_wrote_what_version_when(
    db: Connection, eraser: Eraser
) -> None:
    id = sent(db)
    kept = "SELECT intent_id, version, digest, written_by, written_at FROM outbox.artifact"
    before = db.execute(kept.encode()).fetchall()

    eraser.erase(id)

    assert db.execute(kept.encode()).fetchall() == before
    assert journey.kinds_of(db, id)[-1] == "erased"
    told = db.execute(
        "SELECT actor, role, evidence->>'reason' FROM outbox.receipt WHERE kind = 'erased'"
    ).fetchone()
    assert told == ("dora", "human", "asked for by letter")


def test_all_versions_are_erased(db: Connection, eraser: Eraser) -> None:
    intent = journey.awaiting(db)
    desk = Desk(db, actor="ada")
    edited = desk.edit(intent.id, journey.mail("Another"), digest=journey.seen(db, intent.id))
    desk.withdraw(edited.id, reason="no longer")

    eraser.erase(intent.id)

    left = "SELECT count(*) FROM outbox.artifact WHERE num_nonnulls(content, secret) > 0"
    assert db.execute(left.encode()).fetchall() == [(0,)]


def scoring(db: Connection, ledger: Ledger) -> int:
    journey.proposed(db)
    return ledger.claim(SCORE)[0].id


def in_review(db: Connection, ledger: Ledger) -> int:
    id = journey.scored(db, confidence=0.1).id
    ledger.route(threshold=0.5)
    return id


NOT_FINAL: dict[State, Callable[[Connection, Ledger], int]] = {
    State.SUBMITTED: lambda db, _: journey.proposed(db).id,
    State.SCORING: scoring,
    State.SCORED: lambda db, _: journey.scored(db).id,
    State.IN_REVIEW: in_review,
    State.AWAITING_APPROVAL: lambda db, _: journey.awaiting(db).id,
    State.SENT_BACK: lambda db, _: journey.sent_back(db).id,
    State.APPROVED: lambda db, _: journey.approved(db).id,
    State.SENDING: lambda db, ledger: journey.claimed(db, ledger).id,
    State.RELEASING: lambda db, ledger: journey.permitted(db, ledger).id,
    State.STRANDED: lambda db, ledger: journey.stranded(db, ledger).id,
}


def test_every_state_is_final_or_tried() -> None:
    assert {*NOT_FINAL, *FINAL, State.UNBORN} == set(State)


@pytest.mark.parametrize("state", NOT_FINAL)
def test_nothing_is_erased_while_more_can_become_of_it(
    db: Connection, eraser: Eraser, state: State
) -> None:
    id = NOT_FINAL[state](db, Ledger(db, worker="worker-1"))
    before = dump(db)

    with pytest.raises(Conflict, match=f"is {state}: more can become of it") as refused:
        eraser.erase(id)

    assert "holdshort " in refused.value.hint
    assert dump(db) == before


@pytest.mark.parametrize("state", sorted(FINAL))
def test_whatever_is_final_can_be_erased_once(
    db: Connection, eraser: Eraser, state: State
) -> None:
    id = sent(db)
    for trigger in ("every_move_is_recorded", "every_move_is_stamped"):
        db.execute(f"ALTER TABLE outbox.intent DISABLE TRIGGER {trigger}".encode())
    db.execute("UPDATE outbox.intent SET state = %s", (state,))

    eraser.erase(id)

    with pytest.raises(Conflict, match="erased once"):
        eraser.erase(id)
    assert journey.kinds_of(db, id).count("erased") == 1


def test_an_erasure_is_of_an_intent_and_names_who_and_why(
    db: Connection, eraser: Eraser
) -> None:
    with pytest.raises(NotFound):
        eraser.erase(99)
    with pytest.raises(BadSettings):
        Eraser(db, actor=" ", reason="x")


def test_only_those_who_were_ever_addressed_are_found(db: Connection, eraser: Eraser) -> None:
    to_zoe = sent(db, journey.mail(to="zoe@example.org"))
    journey.proposed(db, journey.mail(to="not.zoe@example.org"))
    waits = journey.proposed(db, journey.mail(to="Zoe@Example.org"))

    found = eraser.addressed("ZOE@example.org")

    assert [one.id for one in found] == [to_zoe, waits.id]
    eraser.erase(to_zoe)
    assert [one.id for one in eraser.addressed("zoe@example.org")] == [waits.id]
