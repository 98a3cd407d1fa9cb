"""Who migrates makes the roles, or is told what a DBA has to do."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from deploy.doctor import examine
from deploy.local.databases import temporary_database
from deploy.local.postgres import EmbeddedPostgres
from outbox.epoch import Site
from outbox.errors import NotAllowed
from schemas.groups import GROUPS, OWNER
from schemas.migrate import upgrade
from schemas.revision import NEEDED
from tests.deploy.command import holdshort


@pytest.fixture(scope="module")
def virgin(room: Path) -> Iterator[str]:
    """A server that has none of our roles."""
    with EmbeddedPostgres(room / "virgin") as dsn:
        yield dsn


def a_login(server: str, database: str, attributes: str) -> str:
    with psycopg.connect(server, autocommit=True) as dba:
        name = f"migrating_{attributes.lower()}"
        dba.execute(f"DROP ROLE IF EXISTS {name}".encode())
        dba.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'tests' {attributes}".encode())
        dba.execute(f"GRANT CREATE ON DATABASE {database} TO {name}".encode())
    return make_conninfo(server, dbname=database, user=name, password="tests")


def test_roles_are_made_once_however_many_databases_are_migrated_at_once(virgin: str) -> None:
    with ExitStack() as databases, ThreadPoolExecutor(4) as pool:
        dsns = [databases.enter_context(temporary_database(virgin)) for _ in range(4)]

        said = [*pool.map(lambda dsn: holdshort("migrate", dsn=dsn), [*dsns, *dsns])]

    assert [one.code for one in said] == [0] * 8, said


def test_a_login_that_may_make_roles_migrates_and_owns_nothing(virgin: str) -> None:
    with temporary_database(virgin) as dsn:
        database = str(conninfo_to_dict(dsn)["dbname"])
        with psycopg.connect(virgin, autocommit=True) as dba:
            dba.execute(b"DROP ROLE IF EXISTS holdshort_reader")
        migrating = a_login(virgin, database, "CREATEROLE")
        with psycopg.connect(virgin, autocommit=True) as dba:
            dba.execute(f"GRANT {OWNER} TO migrating_createrole".encode())

        assert upgrade(migrating) == NEEDED
        wrong = [found.check for found in examine(migrating, Site()) if not found.ok]

    assert wrong == ["logins", "own login"]


def test_a_login_that_may_not_is_told_what_a_dba_has_to_do(virgin: str) -> None:
    with temporary_database(virgin) as dsn:
        database = str(conninfo_to_dict(dsn)["dbname"])

        with pytest.raises(NotAllowed) as refused:
            upgrade(a_login(virgin, database, "NOCREATEROLE"))

    assert "holdshort roles" in refused.value.hint
    assert f"GRANT {OWNER} TO" in refused.value.hint
    assert refused.value.exit_code == 4


def test_what_a_dba_runs_by_hand_makes_the_very_same_schema(virgin: str) -> None:
    with temporary_database(virgin) as dsn:
        with psycopg.connect(dsn, autocommit=True) as dba:
            for role in (OWNER, *(group.name for group in GROUPS)):
                if not dba.execute(
                    "SELECT FROM pg_roles WHERE rolname = %s", (role,)
                ).fetchall():
                    dba.execute(f"CREATE ROLE {role} NOLOGIN".encode())
            dba.execute(holdshort("migrate", "--sql").out.encode())
        by_hand, again = shape(dsn), upgrade(dsn)
        assert (again, shape(dsn)) == (NEEDED, by_hand)
    with temporary_database(virgin) as dsn:
        upgrade(dsn)

        assert shape(dsn) == by_hand


def shape(dsn: str) -> set[tuple[str, ...]]:
    """Columns, constraints, functions, triggers, policies and rights, and the law."""
    asked = (
        "SELECT 'column', table_name::text, column_name::text, data_type::text,"
        " column_default::text FROM information_schema.columns WHERE table_schema = 'outbox'",
        "SELECT 'constraint', conname::text, pg_get_constraintdef(oid), '', ''"
        " FROM pg_constraint WHERE connamespace = 'outbox'::regnamespace",
        "SELECT 'function', proname::text, md5(prosrc), proacl::text, proowner::regrole::text"
        " FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace",
        "SELECT 'table', relname::text, relacl::text, relowner::regrole::text, relkind::text"
        " FROM pg_class WHERE relnamespace = 'outbox'::regnamespace",
        "SELECT 'trigger', tgname::text, tgrelid::regclass::text, tgenabled::text, ''"
        " FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'policy', policyname::text, tablename::text, qual, '' FROM pg_policies",
        "SELECT 'move', source, target, role, '' FROM outbox.move",
        "SELECT 'lease', lease::text, '', '', '' FROM outbox.lease",
    )
    with psycopg.connect(dsn) as dba:
        return {row for one in asked for row in dba.execute(one.encode()).fetchall()}
