"""Scenes of erasure: what goes, what stays, and what never names anybody."""

from __future__ import annotations

from typing import LiteralString

from outbox import Proposal, submit
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.limits.setting import Scope
from outbox.store import Connection, call
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.leaving import held, limits, permit
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
    Ledger(db, worker="worker-1").settle(claim, State.SENT, kind="sent", evidence={"port": 465})
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
    assert raw(db, "DELETE FROM outbox.recipient") == REFUSED
    assert one(db, "SELECT count(*) FROM outbox.score WHERE reasons = '[]'") == 1
    assert one(db, "SELECT count(*) FROM outbox.score WHERE kinds = '{}'") == 1
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
        "UPDATE outbox.score SET reasons = '[]', kinds = '{}'",
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
        "UPDATE outbox.score SET confidence = 1, reasons = '[]', kinds = '{}'",
        """UPDATE outbox.score SET reasons = '["fine"]', kinds = '{}'""",
        "UPDATE outbox.score SET reasons = '[]', kinds = '{fine}'",
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
    the_key_of_an_erased_intent_takes_nothing,
    only_those_who_were_addressed_are_found,
)
