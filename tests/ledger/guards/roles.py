"""Scenes of who may act in which role, and what is taken out of it."""

from __future__ import annotations

from functools import partial

from outbox import submit
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.store import Connection, call
from schemas.groups import GROUPS, OWNER
from tests.ledger.guards.answers import NOT_ALLOWED, answer, one
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.playing import connected, forging, proposal
from tests.parts import journey

ACTS_AS = {
    OWNER: {role.value for role in Role},
    "holdshort_agent": {"agent"},
    "holdshort_scorer": {"scorer"},
    "holdshort_router": {"router"},
    "holdshort_granter": {"granter"},
    "holdshort_sender": {"sender"},
    "holdshort_sweeper": {"sweeper"},
    "holdshort_reviewer": {"human"},
    "holdshort_operator": {"human"},
}
BIRTH = (
    "SELECT outbox.forge($$ WITH a AS (INSERT INTO outbox.artifact VALUES"
    " (1000, 1, encode(sha256('x'), 'hex'), 'x', 'eve')) INSERT INTO outbox.intent"
    " (id, idempotency_key, producer, channel, state, moved_by, digest) OVERRIDING SYSTEM"
    " VALUE VALUES (1000, 'k', 'p', 'email', 'submitted', 'agent',"
    " encode(sha256('x'), 'hex')) $$)"
)
WRONG_KINDS = (
    ("withdrawn", "approved"),
    ("withdrawn", "permit"),
    ("rejected", "sent"),
    ("in_review", "rejected"),
    ("in_review", "sent_back"),
    ("sent_back", "returned"),
)


def everybody_acts_in_the_role_of_its_group_and_in_no_other(db: Connection) -> None:
    for group in (OWNER, *(group.name for group in GROUPS)):
        with connected(db, group):
            rows = db.execute(
                "SELECT role FROM unnest(%s::text[]) AS role WHERE outbox.acts_as(role)",
                ([role.value for role in Role],),
            ).fetchall()
            unknown = one(db, "SELECT outbox.acts_as('nobody')")
        assert {role for (role,) in rows} == ACTS_AS.get(group, set()), group
        assert unknown is (group == OWNER)


def a_birth_a_move_and_a_receipt_are_of_the_role_of_who_is_connected(db: Connection) -> None:
    stranded = journey.stranded(db, Ledger(db, worker="worker-1"))
    approved = journey.approved(db)
    other = journey.scored(db)
    forging(db)
    with connected(db, "holdshort_scorer"):
        assert answer(db, lambda: db.execute(BIRTH)) == NOT_ALLOWED
        assert answer(db, lambda: Ledger(db, worker="w").claim(SEND)) == NOT_ALLOWED
        assert answer(db, lambda: override(db, stranded.id, "human")) == NOT_ALLOWED
        assert answer(db, lambda: Ledger(db, worker="w").route(threshold=0)) == NOT_ALLOWED
    with connected(db, "holdshort_reviewer"):
        assert answer(db, lambda: override(db, stranded.id, "human")) == "done"
        assert answer(db, lambda: override(db, stranded.id, "sweeper")) == NOT_ALLOWED
    states = [journey.state_of(db, intent.id) for intent in (approved, other)]
    assert sorted(states) == [State.APPROVED, State.SCORED]


def an_agent_holds_and_moves_only_what_it_has_proposed(db: Connection) -> None:
    others = journey.proposed(db)
    with connected(db, "holdshort_agent"):
        mine = submit(db, proposal("mine"))
        assert [where(db, one.id) for one in (others, mine)] == [[], ["submitted"]]
        desk = Desk(db, actor="eve", role=Role.AGENT)
        assert answer(db, lambda: desk.withdraw(others.id, reason="x")) == "NotFound"
        assert answer(db, lambda: decide(db, others.id, "agent", "withdrawn")) == NOT_ALLOWED
        assert answer(db, lambda: desk.withdraw(mine.id, reason="x")) == "done"
    with connected(db, "holdshort_reviewer"):
        person = Desk(db, actor="ada")
        assert answer(db, lambda: person.withdraw(others.id, reason="x")) == "done"


def a_receipt_says_what_was_done(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.permitted(db, ledger)
    for target, kind in ((State.SENT, "approved"), (State.STRANDED, "sent")):
        act = partial(ledger.settle, claim, target, kind=kind, evidence={})
        assert answer(db, act) == "HoldshortError"
    other = journey.awaiting(db)
    for decision, kind in WRONG_KINDS:
        wrong = partial(decide, db, other.id, "human", decision, kind)
        assert answer(db, wrong) == "a_receipt_says_what_was_done"


def who_was_really_connected_is_written_down(db: Connection) -> None:
    with connected(db, "holdshort_agent") as login:
        submit(db, proposal("k"))
    assert one(db, "SELECT login FROM outbox.receipt") == login
    assert one(db, "SELECT login FROM outbox.intent") == login


def a_guard_stands_in_a_session_that_plays_a_replica(db: Connection) -> None:
    journey.proposed(db)
    db.execute("SET LOCAL session_replication_role = replica")
    gone = answer(db, lambda: db.execute("DELETE FROM outbox.receipt"))
    db.execute("SET LOCAL session_replication_role = origin")
    assert gone == "history_is_only_added_to"


def where(db: Connection, id: int) -> list[str]:
    return [row[0] for row in call(db, "standing", wanted=id).fetchall()]


def decide(db: Connection, id: int, role: str, target: str, kind: str = "withdrawn") -> None:
    db.execute(
        "SELECT outbox.decide(%s, 'x', 'eve', %s, %s, %s, %s)",
        (id, role, target, kind, journey.A_NO),
    )


def override(db: Connection, id: int, role: str) -> None:
    db.execute("SELECT outbox.override(%s, 'x', 'eve', %s, '{}')", (id, role))


SCENES = (
    everybody_acts_in_the_role_of_its_group_and_in_no_other,
    a_birth_a_move_and_a_receipt_are_of_the_role_of_who_is_connected,
    an_agent_holds_and_moves_only_what_it_has_proposed,
    a_receipt_says_what_was_done,
    who_was_really_connected_is_written_down,
    a_guard_stands_in_a_session_that_plays_a_replica,
)

_MEMBER = "pg_has_role(session_user, 'holdshort_{}', 'MEMBER')"
AUTHORITY: dict[str, Changes] = {
    "roles/is_owner.sql": (
        (_MEMBER.format("owner"), "true"),
        (_MEMBER.format("owner"), "false"),
        ("session_user", "current_user"),
    ),
    "roles/acts_as.sql": (
        *(
            (_MEMBER.format(role), instead)
            for role in (
                *("agent", "scorer", "router", "granter", "sender"),
                *("sweeper", "reviewer", "operator"),
            )
            for instead in ("true", "false")
        ),
        ("ELSE false", "ELSE true"),
        ("outbox.is_owner() OR ", ""),
    ),
    "roles/nobody_is_born_in_anothers_role.sql": (("outbox.acts_as(moved_by)", "true"),),
    "roles/nobody_moves_in_anothers_role.sql": (
        ("outbox.acts_as(moved_by)\n", "true\n"),
        ("OR login = session_user AND", "OR true AND"),
    ),
    "roles/nobody_signs_in_anothers_role.sql": (("outbox.acts_as(role)", "true"),),
    "roles/guards_stand_always.sql": (("ENABLE ALWAYS", "ENABLE"),),
    "agent/standing.sql": (
        ("mine.id = standing.wanted AND ", ""),
        (" AND mine.login = session_user", ""),
    ),
    "desk/hold.sql": (
        ("OR outbox.acts_as('human'))", "OR true)"),
        ("login = session_user AND ", "false AND "),
        (" OR outbox.acts_as('human')", ""),
    ),
    "desk/decide.sql": (("IF (decide.target", "IF false AND (decide.target"),),
    "sender/settle.sql": (("IS NOT TRUE", "IS NULL"),),
    "intents/receipt.sql": (("DEFAULT session_user", "DEFAULT current_user"),),
    "intents/intent.sql": (("DEFAULT session_user", "DEFAULT current_user"),),
}
