"""Scenes of suppressions: each shows what a guard is there for."""

from __future__ import annotations

from typing import LiteralString

from outbox.desk import Desk
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one, raw
from tests.ledger.guards.limits import TO_MANY, held, permit
from tests.parts import journey
from tests.parts.journey import HOUR

SUPPRESS: LiteralString = "INSERT INTO outbox.suppression (target, reason, set_by)"
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("a_target_is_suppressed_once", SUPPRESS + " VALUES ('x.example', 'because', 'eve')"),
    ("a_suppression_says_why", SUPPRESS + " VALUES ('y.example', '', 'eve')"),
    ("a_suppression_names_a_person", SUPPRESS + " VALUES ('y.example', 'because', '')"),
    (
        "a_suppression_names_a_person",
        "UPDATE outbox.suppression SET lifted_at = now(), lifted_by = ''",
    ),
    ("a_lifted_suppression_says_by_whom", "UPDATE outbox.suppression SET lifted_at = now()"),
    ("a_limit_is_only_lifted", "UPDATE outbox.suppression SET target = 'y.example'"),
    ("history_is_only_added_to", "DELETE FROM outbox.suppression"),
    ("history_is_only_added_to", "TRUNCATE outbox.suppression"),
)


def suppress(db: Connection, target: str) -> int:
    return Limits(db, actor="grace").suppress(target, reason="asked us to stop")


def every_wrong_suppression_is_refused_by_name(db: Connection) -> None:
    suppress(db, "X.example")
    for rule, statement in WRONG:
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
        answer(db, lambda: approve(other.id, digest=other.digest, valid_for=HOUR))
        == "suppressed"
    )
    approve(intent.id, digest=intent.digest, valid_for=HOUR)
    edited = desk.edit(other.id, journey.mail(), digest=other.digest)
    journey.score_and_route(db)
    approve(edited.id, digest=edited.digest, valid_for=HOUR)


def a_suppression_waits_for_the_permits_that_are_given(db: Connection) -> None:
    suppress(db, "x.example")
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    journey.switch_on(db)
    assert len(locks(db)) == 1


SCENES = (
    every_wrong_suppression_is_refused_by_name,
    nothing_leaves_to_what_is_suppressed_until_it_is_lifted,
    what_a_person_must_mend_goes_before_what_passes,
    nobody_approves_what_must_not_arrive,
    a_suppression_waits_for_the_permits_that_are_given,
)
