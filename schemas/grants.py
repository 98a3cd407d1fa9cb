"""The statements that give each group what `schemas.groups` says, and nothing else."""

from __future__ import annotations

from schemas.groups import GROUPS, VERSION, Group


def grants() -> list[str]:
    """The statements that take everything from everybody, and give each group its own."""
    everybody = ", ".join(("PUBLIC", *(group.name for group in GROUPS)))
    taken = [
        f"REVOKE ALL ON {what} FROM {everybody}"
        for what in (
            "SCHEMA outbox",
            *(f"ALL {kind} IN SCHEMA outbox" for kind in ("TABLES", "SEQUENCES", "FUNCTIONS")),
        )
    ]
    # What a later migration makes must not be open until it is granted.
    later = "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    return [*taken, later, *(given for group in GROUPS for given in _given(group))]


def version_grant() -> str:
    """Apart from the others, since Alembic makes this table."""
    groups = ", ".join(group.name for group in GROUPS)
    return f"GRANT SELECT ON TABLE outbox.{VERSION} TO {groups}"


def _given(group: Group) -> list[str]:
    named = [
        f"{privilege} ON {kind} outbox.{name}"
        for privilege, kind, names in (
            ("EXECUTE", "FUNCTION", group.calls),
            ("SELECT", "TABLE", group.reads),
        )
        for name in names
    ]
    return [f"GRANT {what} TO {group.name}" for what in ("USAGE ON SCHEMA outbox", *named)]
