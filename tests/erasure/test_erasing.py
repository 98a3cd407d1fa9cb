"""Erasure: what an intent said is gone for good, and everything else stays true."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable

import pytest

from consumers.scorers.history import Past
from outbox import Email, Proposal, submit
from outbox.claim import SCORE
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.errors import BadSettings, Conflict, NotFound
from outbox.intent import canonical
from outbox.ledger import Ledger
from outbox.lifecycle import FINAL, Role, State
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.parts import journey

TABLES = ("artifact", "recipient", "counted", "score", "receipt", "event", "approval", "intent")


@pytest.fixture
def eraser(db: Connection) -> Eraser:
    return Eraser(db, actor="dora", reason="asked for by letter")


def sent(db: Connection, artifact: Email | None = None) -> int:
    """An intent that was scored, approved and sent."""
    ledger = Ledger(db, worker="sender-1")
    claim = journey.permitted(db, ledger, artifact)
    reply = {"final_reply": "250 2.0.0 queued as 42", "message_id": "<1.1.0@example.com>"}
    ledger.settle(claim, State.SENT, by=Role.SENDER, kind="sent", evidence={**reply})
    return claim.id


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
    edited = desk.edit(intent.id, journey.mail("Another"), digest=intent.digest)
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


def test_the_key_of_an_erased_intent_takes_no_bytes_any_more(
    db: Connection, eraser: Eraser
) -> None:
    proposal = Proposal(artifact=journey.mail(), key="key-of-erased", producer="tests")
    intent = submit(db, proposal)
    Desk(db, actor="ada").withdraw(intent.id, reason="no")
    assert submit(db, proposal) == intent

    eraser.erase(intent.id)

    with pytest.raises(Conflict, match="with erased bytes"):
        submit(db, proposal)


def test_what_counts_for_a_cap_on_its_recipients_is_erased_once_it_does_not(
    db: Connection, eraser: Eraser
) -> None:
    id = sent(db)
    limits = Limits(db, actor="ada")
    cap = limits.set_cap(Scope.DOMAIN, "", most=5, span=journey.HOUR)
    limits.set_cap(Scope.EVERYTHING, "", most=5, span=journey.HOUR)
    limits.set_cap(Scope.ADDRESS, "other@example.org", most=5, span=journey.HOUR)
    counted = "SELECT count(*) FROM outbox.counted"
    before = db.execute(counted.encode()).fetchall()

    with pytest.raises(Conflict, match="counts until"):
        eraser.erase(id)
    assert db.execute(counted.encode()).fetchall() == before

    limits.lift_cap(cap)
    eraser.erase(id)
    left = db.execute("SELECT scope FROM outbox.counted ORDER BY 1").fetchall()
    assert left == [("channel",), ("everything",), ("producer",)]


def test_a_cap_whose_window_has_passed_holds_no_erasure_up(
    db: Connection, eraser: Eraser
) -> None:
    id = sent(db)
    span = dt.timedelta(microseconds=1)
    Limits(db, actor="ada").set_cap(Scope.ADDRESS, "", most=1, span=span)

    eraser.erase(id)

    assert journey.kinds_of(db, id)[-1] == "erased"


def test_only_those_who_were_ever_addressed_are_found(db: Connection, eraser: Eraser) -> None:
    to_zoe = sent(db, journey.mail(to="zoe@example.org"))
    journey.proposed(db, journey.mail(to="not.zoe@example.org"))
    waits = journey.proposed(db, journey.mail(to="Zoe@Example.org"))

    found = eraser.addressed("ZOE@example.org")

    assert [one.id for one in found] == [to_zoe, waits.id]
    eraser.erase(to_zoe)
    assert [one.id for one in eraser.addressed("zoe@example.org")] == [waits.id]


def test_a_scorer_forgets_what_is_erased(db: Connection, eraser: Eraser) -> None:
    id, other = sent(db), sent(db, journey.mail("Another", to="eve@example.net"))
    past = Past(db)
    assert [mail.intent for mail in past.read().sent] == [other, id]

    eraser.erase(id)

    assert [mail.intent for mail in past.read().sent] == [other]
    assert [mail.intent for mail in Past(db).read().sent] == [other]


def test_late_words_about_an_erased_intent_are_not_kept(db: Connection, eraser: Eraser) -> None:
    ledger = Ledger(db, worker="sender-1")
    claim = journey.stranded(db, ledger)
    Desk(db, actor="ada").resolve(claim.id, State.REJECTED, reason="given up")
    eraser.erase(claim.id)

    with pytest.raises(Exception, match="no longer held"):
        ledger.settle(
            claim,
            State.SENT,
            by=Role.SENDER,
            kind="sent",
            evidence={"final_reply": "250 ada took it", "reply_code": 250},
        )

    [(evidence,)] = db.execute(
        "SELECT evidence FROM outbox.receipt WHERE kind = 'sent'"
    ).fetchall()
    assert evidence == {"reply_code": 250, "late": True}


def test_whoever_has_the_secret_can_tell_what_a_digest_names(db: Connection) -> None:
    mail = journey.mail()
    intent = journey.proposed(db, mail)
    [(secret,)] = db.execute("SELECT secret FROM outbox.artifact").fetchall()

    assert hmac.digest(secret, canonical(mail), "sha256").hex() == intent.digest


def test_the_same_bytes_have_other_digests_in_another_intent(db: Connection) -> None:
    digests = {journey.proposed(db, journey.mail()).digest for _ in range(20)}

    assert len(digests) == 20
    assert hashlib.sha256(canonical(journey.mail())).hexdigest() not in digests
