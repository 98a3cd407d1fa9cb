"""Scenes of erasure: what goes, what stays, and what never names anybody."""

from __future__ import annotations

from typing import LiteralString

from psycopg.types.json import Jsonb

from outbox import Proposal, submit
from outbox.claim import SCORE
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.limits.setting import Scope
from outbox.store import Connection, call
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.leaving import held, limits, permit
from tests.ledger.guards.wrong import ARTIFACT
from tests.parts import journey
from tests.parts.journey import HOUR

REFUSED = "history_is_only_added_to"
EMPTIED: LiteralString = (
    "UPDATE outbox.artifact SET secret = NULL, content = NULL, erased_at = now()"
)
ERASED: LiteralString = (
    "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'erased', 'human', 'eve', digest, '{}' FROM outbox.intent"
)


def sent(db: Connection) -> int:
    claim = held(db, journey.mail(to="zoe@zoo.example"))
    permit(db, claim)
    Ledger(db, worker="worker-1").settle(
        claim, State.SENT, by=Role.SENDER, kind="sent", evidence={"port": 465}
    )
    return claim.id


def erased(db: Connection, id: int) -> str:
    return answer(db, lambda: Eraser(db, actor="dora", reason="a letter").erase(id))


def an_erased_intent_says_nothing_any_more(db: Connection) -> None:
    other, id = sent(db), sent(db)
    assert erased(db, id) == "done"
    assert erased(db, id) == "Conflict"
    left = (
        "SELECT string_agg(intent_id || ' ' || num_nonnulls(secret, content, erased_at), ','"
        " ORDER BY intent_id) FROM outbox.artifact"
    )
    assert one(db, left) == f"{other} 2,{id} 1"
    assert one(db, "SELECT min(intent_id) = max(intent_id) FROM outbox.recipient")
    assert one(db, "SELECT count(*) FROM outbox.score WHERE reasons = '[]'") == 1
    counted = "SELECT string_agg(scope, ' ' ORDER BY scope) FROM outbox.counted"
    assert one(db, counted) == (
        "address channel channel domain everything everything producer producer"
    )
    told = "SELECT actor || ' ' || role || ' ' || (evidence->>'reason') FROM outbox.receipt"
    assert one(db, told + " WHERE kind = 'erased'") == "dora human a letter"
    moves = "SELECT count(*) FROM outbox.event WHERE target = 'sent'"
    assert one(db, moves) == 2


def only_what_is_final_is_erased_whoever_asks(db: Connection) -> None:
    for id in (journey.approved(db).id, journey.proposed(db).id, 99):
        by_hand = answer(db, lambda id=id: call(db, "erase", id=id, actor="e", reason="x"))  # type: ignore[misc]
        assert by_hand == "only_what_is_final_is_erased"
    assert one(db, "SELECT count(*) FROM outbox.artifact WHERE erased_at IS NULL") == 2


def what_still_counts_is_not_erased(db: Connection) -> None:
    id = sent(db)
    for scope, name in (
        (Scope.EVERYTHING, ""),
        (Scope.CHANNEL, ""),
        (Scope.ADDRESS, "bob@example.org"),
        (Scope.DOMAIN, "example.org"),
    ):
        limits(db).set_cap(scope, name, most=9, span=HOUR)
    lifted = limits(db).set_cap(Scope.DOMAIN, "zoo.example", most=9, span=HOUR)
    assert erased(db, id) == "Conflict"
    limits(db).lift_cap(lifted)
    lifted = limits(db).set_cap(Scope.ADDRESS, "", most=9, span=HOUR)
    assert erased(db, id) == "Conflict"
    limits(db).lift_cap(lifted)
    limits(db).set_cap(Scope.ADDRESS, "", most=9, span=HOUR / 3_600_000_000)
    assert erased(db, id) == "done"


def nothing_goes_without_its_receipt(db: Connection) -> None:
    sent(db)
    for statement in (
        EMPTIED,
        "UPDATE outbox.score SET reasons = '[]'",
        "DELETE FROM outbox.recipient",
        "DELETE FROM outbox.counted WHERE scope = 'address'",
    ):
        assert raw(db, statement) == REFUSED, statement


def with_a_receipt_nothing_goes_but_what_was_said(db: Connection) -> None:
    sent(db)
    assert raw(db, ERASED) == "done"
    assert raw(db, ERASED) == "an_intent_is_erased_once"
    for statement in (
        "UPDATE outbox.artifact SET written_by = 'eve'",
        "UPDATE outbox.score SET confidence = 1, reasons = '[]'",
        """UPDATE outbox.score SET reasons = '["fine"]'""",
        "DELETE FROM outbox.artifact",
        "DELETE FROM outbox.score",
        "DELETE FROM outbox.counted",
        "DELETE FROM outbox.counted WHERE scope = 'channel'",
        "UPDATE outbox.recipient SET address = 'x'",
        "UPDATE outbox.counted SET name = 'x'",
    ):
        assert raw(db, statement) == REFUSED, statement
    assert raw(db, "UPDATE outbox.artifact SET secret = NULL, content = NULL") == (
        "only_the_erased_have_no_bytes"
    )
    assert raw(db, EMPTIED) == "done"
    assert raw(db, EMPTIED) == REFUSED
    for table in ("artifact", "score", "recipient", "counted"):
        assert raw(db, f"TRUNCATE outbox.{table} CASCADE") == REFUSED


def a_receipt_names_nobody(db: Connection) -> None:
    intent = journey.proposed(db, journey.mail(to="sent@zoo.example"))
    told = {"as": "sent", "why": "to SENT, here", "login": "bob@example.org", "n": [1]}
    statement = (
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " VALUES (%s, 'refused', 'sender', 'x', %s, %s)"
    )
    for evidence in (told, {"login": "bob@example.org"}, {"why": "to sent"}):
        db.execute(statement.encode(), (intent.id, intent.digest, Jsonb(evidence)))
    kept = "SELECT string_agg(evidence::text, ' ' ORDER BY id) FROM outbox.receipt"
    text = str(one(db, kept + " WHERE kind = 'refused'"))
    assert [name for name in ("zoo", "bob", "SENT") if name in text] == []
    assert (text.count("address:"), text.count("sent"), text.count('"as": "sent"')) == (4, 1, 1)
    assert text.count("[1]") == 1


def of_what_is_erased_no_words_are_kept(db: Connection) -> None:
    id = sent(db)
    erased(db, id)
    db.execute(
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " SELECT id, 'late', 'sender', 'x', digest, %s FROM outbox.intent WHERE id = %s",
        (Jsonb({"final_reply": "250 zoe took it", "to": "zoe@zoo.example", "n": 1}), id),
    )
    text = str(one(db, "SELECT evidence::text FROM outbox.receipt WHERE kind = 'late'"))
    assert [word for word in ("zoe", "took", '"n": 1') if word in text] == ['"n": 1']


def a_score_is_receipted_without_its_words(db: Connection) -> None:
    journey.scored(db)
    assert one(
        db,
        "SELECT r.evidence->>'reasons' = encode(outbox.hmac(a.secret,"
        " convert_to(s.reasons::text, 'UTF8')), 'hex')"
        " FROM outbox.receipt r JOIN outbox.score s USING (intent_id)"
        " JOIN outbox.artifact a USING (intent_id) WHERE r.kind = 'scored'",
    )


def a_secret_is_of_one_intent_and_of_all_its_versions(db: Connection) -> None:
    one_intent, other = journey.awaiting(db), journey.proposed(db)
    assert one_intent.digest != other.digest
    edited = Desk(db, actor="ada").edit(
        one_intent.id, journey.mail("Another"), digest=one_intent.digest
    )
    assert edited.digest != one_intent.digest
    secrets = "SELECT count(DISTINCT secret) || ' of ' || count(*) FROM outbox.artifact"
    assert one(db, secrets) == "2 of 3"
    claims = Ledger(db, worker="scorer-1").claim(SCORE)
    assert {len(claim.secret) for claim in claims} == {32}
    assert len({claim.secret for claim in claims}) == 2
    assert (
        raw(
            db,
            ARTIFACT
            + " SELECT max(id), 9, encode(outbox.hmac('x', 'x'), 'hex'), 'x', 'x', 'eve'"
            " FROM outbox.intent",
        )
        == "a_secret_has_32_bytes"
    )


def the_key_of_an_erased_intent_takes_nothing(db: Connection) -> None:
    proposal = Proposal(artifact=journey.mail(), key="once", producer="tests")
    intent = submit(db, proposal)
    Desk(db, actor="ada").withdraw(intent.id, reason="no")
    assert answer(db, lambda: submit(db, proposal)) == "done"
    erased(db, intent.id)
    assert answer(db, lambda: submit(db, proposal)) == "Conflict"


def only_those_who_were_addressed_are_found(db: Connection) -> None:
    id = sent(db)
    journey.proposed(db)
    eraser = Eraser(db, actor="dora", reason="a letter")
    assert [found.id for found in eraser.addressed("Zoe@zoo.example")] == [id]


SCENES = (
    an_erased_intent_says_nothing_any_more,
    only_what_is_final_is_erased_whoever_asks,
    what_still_counts_is_not_erased,
    nothing_goes_without_its_receipt,
    with_a_receipt_nothing_goes_but_what_was_said,
    a_receipt_names_nobody,
    of_what_is_erased_no_words_are_kept,
    a_score_is_receipted_without_its_words,
    a_secret_is_of_one_intent_and_of_all_its_versions,
    the_key_of_an_erased_intent_takes_nothing,
    only_those_who_were_addressed_are_found,
)
