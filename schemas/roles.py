"""The roles of a cluster: made where they are missing, and never changed.

A cluster has its roles once, for all its databases, and several of those may be migrated
at the same time: whoever comes second finds them made.
"""

from __future__ import annotations

import sqlalchemy

from schemas.groups import GROUPS, OWNER

_MAKE = """
DO $$ BEGIN
    IF to_regrole('{role}') IS NULL THEN
        CREATE ROLE {role} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$
"""
_JOIN = f"""
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{OWNER}', CASE
           WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET'
           ELSE 'MEMBER' END) THEN
        GRANT {OWNER} TO CURRENT_USER;
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL;
END $$
"""


def make_roles(connection: sqlalchemy.Connection) -> None:
    """Create what is missing; who is connected may act for the owner afterwards."""
    for role in (OWNER, *(group.name for group in GROUPS)):
        connection.exec_driver_sql(_MAKE.format(role=role))
    connection.exec_driver_sql(_JOIN)


def script() -> str:
    """What a DBA may run instead, and how to make the logins, as SQL with comments."""
    made = [f"CREATE ROLE {OWNER} NOLOGIN;  -- owns the schema; for those who migrate"]
    made += [f"CREATE ROLE {one.name} NOLOGIN;  -- {one.meaning}" for one in GROUPS]
    logins = [f"CREATE ROLE {_login(one.name)} LOGIN IN ROLE {one.name};" for one in GROUPS]
    return "\n".join(
        [
            "-- Once in a cluster; `holdshort migrate` makes what is missing if it may:",
            *made,
            "-- A login for each process, agent and person, by whatever name you like:",
            *logins,
            "-- Then give each a password (in psql: \\password NAME), and its own DSN.",
        ]
    )


def _login(group: str) -> str:
    return f"my_{group.removeprefix('holdshort_')}"
