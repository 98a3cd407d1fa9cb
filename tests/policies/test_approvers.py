"""Who may say yes, and how many must."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from psycopg.conninfo import make_conninfo

from outbox import Intent, Proposal, submit
from outbox.desk import Desk
from outbox.errors import Conflict, IllegalMove
from outbox.lifecycle import Role
from outbox.store import Connection, connect
from tests.parts import journey, policies
from tests.parts.journey import HOUR, state_of
from tests.parts.logins import logins_of
from tests.parts.policies import tier


def yes(db: Connection, intent: Intent, by: str) -> int:
    return Desk(db, actor=by).approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR
    )


@pytest.fixture
def logins(dsn: str) -> dict[str, str]:
    return logins_of(dsn)


@pytest.fixture
def reviewer(logins: dict[str, str]) -> Iterator[Connection]:
    with connect(logins["reviewer"], application="tests") as connection:
        yield connection


def test_it_leaves_only_once_so_many_different_people_have_said_yes(db: Connection) -> None:
    policies.put(db, tier(3))
    intent = journey.awaiting(db)

    missing = [yes(db, intent, "ada"), yes(db, intent, "bob")]
    waiting = state_of(db, intent.id)
    missing.append(yes(db, intent, "cy"))

    assert (missing, waiting) == ([2, 1, 0], "awaiting_approval")
    assert state_of(db, intent.id) == "approved"
    assert journey.kinds_of(db, intent.id)[-3:] == ["endorsed", "endorsed", "approved"]


@pytest.mark.parametrize("again", ["ada", "ADA", " ada "])
def test_one_person_is_not_two_however_they_spell_their_name(
    db: Connection, again: str
) -> None:
    policies.put(db, tier(2))
    intent = journey.awaiting(db)
    yes(db, intent, "ada")

    with pytest.raises(Conflict, match="endorses an approval once"):
        yes(db, intent, again)


def test_the_yes_of_somebody_else_does_not_stand_for_a_groups(db: Connection) -> None:
    policies.put(db, tier(2, "finance"), groups={"finance": ["Ada", "bob"]})
    intent = journey.awaiting(db)

    missing = [yes(db, intent, by) for by in ("eve", "joe", "ada", "bob")]

    assert missing == [2, 2, 1, 0]


def test_every_group_that_is_asked_must_say_yes(db: Connection) -> None:
    both = {"law": ["lea"], "finance": ["ada"]}
    policies.put(db, tier(1, "law"), tier(1, "finance"), groups=both)
    intent = journey.awaiting(db)

    assert [yes(db, intent, by) for by in ("ada", "lea")] == [1, 0]


def test_of_many_who_come_at_once_exactly_so_many_are_counted(dsn: str, db: Connection) -> None:
    policies.put(db, tier(3))
    intent = journey.awaiting(db)
    digest = journey.seen(db, intent.id)

    def come(name: str) -> str:
        with closing(connect(dsn, application="tests")) as connection:
            try:
                desk = Desk(connection, actor=name)
                return str(desk.approve(intent.id, digest=digest, valid_for=HOUR))
            except IllegalMove:
                return "late"

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(come, "abcdef"))

    assert sorted(said) == ["0", "1", "2", "late", "late", "late"]
    assert counted(db) == (3, 1)


def test_of_two_who_call_the_database_itself_at_once_none_is_lost(
    logins: dict[str, str], db: Connection
) -> None:
    policies.put(db, tier(2))
    intent = journey.awaiting(db)

    def call(name: str) -> int:
        with closing(connect(logins["reviewer"], application="tests")) as connection:
            [(missing,)] = connection.execute(
                "SELECT outbox.approve(%s, 1, %s, 'x', %s, 'human', '1 hour', '0')",
                (intent.id, intent.digest, name),
            ).fetchall()
        return int(missing)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(call, ("ada", "bob"))) == [0, 1]
    assert counted(db) == (2, 1)


def counted(db: Connection) -> tuple[int, int]:
    """The people who have endorsed, and the approvals that there are."""
    [(people, approvals)] = db.execute(
        "SELECT (SELECT count(DISTINCT person) FROM outbox.endorsement),"
        " (SELECT count(*) FROM outbox.approval)"
    ).fetchall()
    return people, approvals


@pytest.mark.parametrize("name", ["tests", "TESTS ", "local_agent"])
def test_who_has_proposed_it_cannot_approve_it(
    logins: dict[str, str], db: Connection, reviewer: Connection, name: str
) -> None:
    intent = of_the_agent(db, logins)

    with pytest.raises(Conflict, match="nobody approves what they have written"):
        yes(reviewer, intent, name)

    assert state_of(db, intent.id) == "awaiting_approval"
    assert yes(reviewer, intent, "ada") == 0


def test_a_login_that_has_proposed_it_approves_it_by_no_name(dsn: str, db: Connection) -> None:
    login = "local_proposes_and_decides"
    if not db.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchall():
        db.execute(
            "CREATE ROLE local_proposes_and_decides LOGIN PASSWORD 'tests'"
            " IN ROLE holdshort_agent, holdshort_reviewer"
        )
    both = {"agent": make_conninfo(dsn, user=login, password="tests")}
    intent = of_the_agent(db, both)

    with (
        connect(both["agent"], application="tests") as agent,
        pytest.raises(Conflict, match="nobody approves what they have written"),
    ):
        yes(agent, intent, "ada")


def of_the_agent(db: Connection, logins: dict[str, str]) -> Intent:
    with connect(logins["agent"], application="tests") as agent:
        proposal = Proposal(artifact=journey.mail(), key="by-agent", producer="tests")
        intent = submit(agent, proposal)
    journey.score_and_route(db)
    return intent


@pytest.mark.parametrize("role", [Role.HUMAN, Role.AGENT])
def test_who_has_edited_it_cannot_approve_it(db: Connection, role: Role) -> None:
    intent = journey.awaiting(db)
    digest = journey.seen(db, intent.id)
    Desk(db, actor="bob", role=role).edit(intent.id, journey.mail("New"), digest=digest)
    journey.score_and_route(db)

    for author in ("tests", "bob"):
        with pytest.raises(Conflict, match="nobody approves what they have written"):
            yes(db, intent, author)

    assert yes(db, intent, "ada") == 0


def test_an_edit_voids_every_yes_that_was_given(db: Connection) -> None:
    policies.put(db, tier(2))
    intent = journey.awaiting(db)
    yes(db, intent, "ada")
    digest = journey.seen(db, intent.id)
    Desk(db, actor="joe").edit(intent.id, journey.mail("New"), digest=digest)
    journey.score_and_route(db)

    assert [yes(db, intent, by) for by in ("ada", "bob")] == [1, 0]


def test_only_an_explicit_policy_lets_one_approve_ones_own_and_the_receipt_says_so(
    db: Connection,
) -> None:
    policies.put(db, alone=True)
    mine, theirs = journey.awaiting(db), journey.awaiting(db)

    assert (yes(db, mine, "tests"), yes(db, theirs, "ada")) == (0, 0)

    said = db.execute(
        "SELECT evidence -> 'sole_operator', evidence -> 'policy' FROM outbox.receipt"
        " WHERE kind = 'approved' ORDER BY id"
    ).fetchall()
    assert said == [(True, 2), (None, 2)]


def test_a_sole_operator_is_still_one_person(db: Connection) -> None:
    policies.put(db, tier(2), alone=True)
    intent = journey.awaiting(db)

    assert yes(db, intent, "tests") == 1
    with pytest.raises(Conflict, match="endorses an approval once"):
        yes(db, intent, "tests")


def test_a_yes_counts_for_the_policy_under_which_it_was_given(db: Connection) -> None:
    policies.put(db, tier(2))
    intent = journey.awaiting(db)
    yes(db, intent, "ada")
    policies.put(db, tier(2), tier(1, channel="email"))

    assert [yes(db, intent, by) for by in ("bob", "ada")] == [1, 0]
