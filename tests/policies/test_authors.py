"""Nobody approves what they have a hand in, unless a policy says so aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.conninfo import make_conninfo

from outbox import Intent, Proposal, submit
from outbox.desk import Desk
from outbox.errors import Conflict
from outbox.lifecycle import Role
from outbox.store import Connection, connect
from tests.parts import journey, policies
from tests.parts.journey import state_of
from tests.parts.policies import tier, yes


@pytest.mark.parametrize("name", ["tests", "TESTS ", "local_agent"])
def test_who_has_proposed_it_cannot_approve_it(
    logins: dict[str, str], db: Connection, reviewer: Connection, name: str
) -> None:
    intent = of_the_agent(db, logins)

    with pytest.raises(Conflict, match="nobody approves what they have written"):
        yes(reviewer, intent, name)

    assert state_of(db, intent.id) == "awaiting_approval"
    assert yes(reviewer, intent, "ada") == 0


@pytest.fixture
def both(dsn: str, db: Connection) -> Iterator[dict[str, str]]:
    """A login that may propose and decide; it goes again, since a doctor would find it."""
    db.execute(
        "CREATE ROLE local_proposes_and_decides LOGIN PASSWORD 'tests'"
        " IN ROLE holdshort_agent, holdshort_reviewer"
    )
    login = make_conninfo(dsn, user="local_proposes_and_decides", password="tests")
    yield {"agent": login}
    db.execute("DROP ROLE local_proposes_and_decides")


def test_a_login_that_has_proposed_it_approves_it_by_no_name(
    both: dict[str, str], db: Connection
) -> None:
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
