"""Who may say yes, and how many must."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from outbox.desk import Desk
from outbox.errors import Conflict, IllegalMove
from outbox.store import Connection, connect
from tests.parts import journey, policies
from tests.parts.journey import HOUR, state_of
from tests.parts.policies import tier, yes


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


def test_a_yes_counts_for_the_policy_under_which_it_was_given(db: Connection) -> None:
    policies.put(db, tier(2))
    intent = journey.awaiting(db)
    yes(db, intent, "ada")
    policies.put(db, tier(2), tier(1, channel="email"))

    assert [yes(db, intent, by) for by in ("bob", "ada")] == [1, 0]
