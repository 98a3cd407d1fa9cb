"""What a stolen login can do: its own part, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.conninfo import conninfo_to_dict

from outbox.store import Connection
from schemas.groups import GROUPS, OWNER, TOGETHER
from tests.roles.asking import ASKING
from tests.roles.attacks import HARMLESS, ON_A_TABLE, REFUSED
from tests.roles.digest import tables_of
from tests.roles.forgeries import FORGERIES
from tests.roles.house import House
from tests.roles.knocking import KNOCKING
from tests.roles.trying import LET_THROUGH, Attacker

NOT_ALLOWED = "42501"
ROLES = [group.name.removeprefix("holdshort_") for group in GROUPS]
BOUND = ["ours_agent", "ours_reviewer", "ours_sender", "ours_reader", "ours_granter"]
ELSE = {
    "CREATE EXTENSION file_fdw": {NOT_ALLOWED, "58P01", "0A000"},  # not there at all
}
"""What refuses these, where it is not the privilege alone."""
WRONG_USES = {**FORGERIES, "console": (*FORGERIES["console"], *ASKING, *KNOCKING)}
MANY = 100


def groups_of(role: str) -> frozenset[str]:
    """A console's login is in all that people are in; any other in one."""
    if role == "console":
        [people] = TOGETHER
        return people
    return frozenset(one.name for one in GROUPS if role.endswith(one.name[10:]))


@pytest.fixture
def attacker(house: House, role: str) -> Iterator[Attacker]:
    attacker = Attacker(house, role)
    yield attacker
    attacker.close()


@pytest.mark.parametrize("role", [*ROLES, *BOUND])
def test_no_login_changes_any_table_by_any_verb(
    house: House, attacker: Attacker, role: str
) -> None:
    for table, column in tables_of(house.db).items():
        for verb in ON_A_TABLE:
            attack = verb.format(table=table, column=column)
            answer = attacker.tries(attack)
            # Whoever may read may ask to grant more: it is warned that nothing was granted.
            warned = answer == LET_THROUGH and verb.startswith("GRANT")
            assert warned or answer == NOT_ALLOWED, f"{answer}: {attack}"
    assert attacker.attempts > MANY


@pytest.mark.parametrize("role", [*ROLES, *BOUND])
def test_no_login_calls_a_function_that_is_not_its_own(
    house: House, attacker: Attacker, role: str
) -> None:
    own = {f for one in GROUPS if one.name in groups_of(role) for f in one.calls}
    others = [call for name, call in calls(house.db) if name not in own]

    assert [call for call in others if attacker.tries(call) != NOT_ALLOWED] == []
    assert len(others) > MANY / 5


@pytest.mark.parametrize("role", [*ROLES, *BOUND])
def test_no_login_gets_out_of_its_role(house: House, attacker: Attacker, role: str) -> None:
    database = conninfo_to_dict(house.dsn)["dbname"]
    # Asked, since a pooler tells its clients of sessions that are none.
    [(session,)] = house.db.execute("SELECT pg_backend_pid()").fetchall()
    named = {"superuser": session, "database": database}
    others = [one.name for one in GROUPS if one.name not in groups_of(role)]

    for attack in (
        *(one.format(**named) for one in REFUSED),
        *(f"SET ROLE {name}" for name in (OWNER, *others)),
        *(f"GRANT {name} TO CURRENT_USER" for name in others),
    ):
        answer = attacker.tries(attack)
        assert answer in ELSE.get(attack, {NOT_ALLOWED}), f"{answer}: {attack}"


@pytest.mark.parametrize("role", list(WRONG_USES))
def test_no_function_does_for_a_login_what_is_not_its_part(
    attacker: Attacker, role: str
) -> None:
    for forgery in WRONG_USES[role]:
        attacker.tries(forgery)


@pytest.mark.parametrize("role", list(WRONG_USES))
def test_nothing_that_a_session_may_set_or_shadow_changes_what_a_function_does(
    attacker: Attacker, role: str
) -> None:
    for attack in HARMLESS:
        assert attacker.tries(attack, *WRONG_USES[role][:4]) == LET_THROUGH, attack


def calls(db: Connection) -> list[tuple[str, str]]:
    """Every function of ours, and a call of it with nothing."""
    rows = db.execute(
        "SELECT proname::text, format('SELECT outbox.%I(%s)', proname, (SELECT string_agg("
        " 'NULL::' || format_type(type, NULL), ', ') FROM unnest(proargtypes) AS type))"
        " FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace ORDER BY 1"
    )
    return rows.fetchall()
