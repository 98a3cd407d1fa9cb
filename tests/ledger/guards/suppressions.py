"""Scenes of suppressions: each shows what a guard is there for."""

from __future__ import annotations

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one, raw
from tests.ledger.guards.leaving import TO_MANY, held, permit
from tests.ledger.guards.wrong_limits import WRONG_SUPPRESSIONS
from tests.parts import journey
from tests.parts.journey import HOUR, seen


def suppress(db: Connection, target: str) -> int:
    return Limits(db, actor="grace").suppress(target, reason="asked us to stop")


def every_wrong_suppression_is_refused_by_name(db: Connection) -> None:
    suppress(db, "X.example")
    for rule, statement in WRONG_SUPPRESSIONS:
        assert raw(db, statement) == rule, statement
    assert one(db, "SELECT set_by || reason FROM outbox.suppression") == "graceasked us to stop"


def nothing_leaves_to_what_is_suppressed_until_it_is_lifted(db: Connection) -> None:
    claim = held(db, TO_MANY)
    for target in ("bob@example.org", "eve@example.net", "example.net"):
        others, id = suppress(db, "others.example"), suppress(db, target)
        assert permit(db, claim) == "suppressed"
        Limits(db, actor="bob").lift_suppression(id)
        Limits(db, actor="bob").lift_suppression(others)
        again = answer(db, lambda id=id: Limits(db, actor="bob").lift_suppression(id))  # type: ignore[misc]
        assert again == "NotFound"
    assert one(db, "SELECT bool_and(lifted_by = 'bob') FROM outbox.suppression")
    standing, other = suppress(db, "still.example"), suppress(db, "other.example")
    Limits(db, actor="bob").lift_suppression(other)
    assert one(db, "SELECT max(id) FROM outbox.suppression WHERE lifted_at IS NULL") == standing
    assert permit(db, claim) == "done"


def what_a_person_must_mend_goes_before_what_passes(db: Connection) -> None:
    permit(db, held(db, TO_MANY))
    claim = held(db, TO_MANY)
    Limits(db, actor="grace").set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    suppress(db, "example.net")
    assert permit(db, claim) == "suppressed"


def nobody_approves_what_must_not_arrive(db: Connection) -> None:
    intent = journey.awaiting(db)
    other = journey.proposed(db, journey.mail(to="bob@other.example"))
    journey.score_and_route(db)
    suppress(db, "other.example")
    desk = Desk(db, actor="ada")
    approve = desk.approve
    assert (
        answer(db, lambda: approve(other.id, digest=seen(db, other.id), valid_for=HOUR))
        == "suppressed"
    )
    approve(intent.id, digest=seen(db, intent.id), valid_for=HOUR)
    Desk(db, actor="joe").edit(other.id, journey.mail(), digest=seen(db, other.id))
    journey.score_and_route(db)
    approve(other.id, digest=seen(db, other.id), valid_for=HOUR)


def a_suppression_waits_for_the_permits_that_are_given(db: Connection) -> None:
    suppress(db, "x.example")
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    journey.switch_on(db)
    assert len(locks(db)) == 1


def a_hold_is_claimed_and_permitted_only_once_it_is_over(db: Connection) -> None:
    intent = journey.awaiting(db)
    journey.switch_on(db)
    desk, ledger = Desk(db, actor="ada"), Ledger(db, worker="worker-1")
    read = seen(db, intent.id)
    too_long = answer(
        db, lambda: desk.approve(intent.id, digest=read, valid_for=HOUR, hold=HOUR)
    )
    assert too_long == "BadSettings"
    desk.approve(intent.id, digest=read, valid_for=HOUR, hold=HOUR / 2)
    assert ledger.claim(SEND) == []
    assert one(
        db, "SELECT evidence ? 'held_until' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    db.execute("UPDATE outbox.intent SET due_at = now()")
    [claim] = ledger.claim(SEND)
    assert permit(db, claim) == "held"
    ledger.rest(claim, {"gate": "held"})
    assert one(db, "SELECT due_at = now() + '30 minutes' FROM outbox.intent")
    db.execute(
        "UPDATE outbox.approval SET held_until = now(); UPDATE outbox.intent SET due_at = now()"
    )
    [claim] = ledger.claim(SEND)
    assert permit(db, claim) == "done"


SCENES = (
    a_hold_is_claimed_and_permitted_only_once_it_is_over,
    every_wrong_suppression_is_refused_by_name,
    nothing_leaves_to_what_is_suppressed_until_it_is_lifted,
    what_a_person_must_mend_goes_before_what_passes,
    nobody_approves_what_must_not_arrive,
    a_suppression_waits_for_the_permits_that_are_given,
)
