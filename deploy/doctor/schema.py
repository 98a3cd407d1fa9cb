"""Checks of the schema: what is there belongs to whom, stands, and is open to nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deploy.doctor.finding import Finding, judged, rows
from outbox.store import Connection
from schemas.groups import GROUPS, OF_TENANTS, OWNER
from schemas.migrations.law import statements
from schemas.privileges import VERSION

AGAIN = "holdshort migrate"
_TRIGGER = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)\s.*?\sON outbox\.(\w+)", re.DOTALL)

Grant = tuple[str, str, str]
"""Who, which privilege, on what."""


def owners(connection: Connection) -> Finding:
    wrong = [str(thing) for (thing,) in rows(connection, "owners")]
    remedy = f"as a superuser: ALTER ... OWNER TO {OWNER}, for each of them"
    return judged("owners", f"everything in the schema belongs to {OWNER}", wrong, remedy)


def public(connection: Connection) -> Finding:
    wrong = [f"{what} on {on}" for who, what, on in _found(connection) if who == "PUBLIC"]
    return judged("public", "PUBLIC may do nothing", wrong, AGAIN)


def privileges(connection: Connection) -> Finding:
    """Exactly those of `schemas.authority`."""
    found = {grant for grant in _found(connection) if grant[0] != "PUBLIC"}
    expected = set(expected_grants())
    lacking = [f"{who} lacks {what} on {on}" for who, what, on in sorted(expected - found)]
    extra = [f"{who} has {what} on {on}" for who, what, on in sorted(found - expected)]
    rule = f"the {len(GROUPS)} groups have what they need, and nobody has more"
    remedies = [AGAIN] * bool(lacking)
    remedies += [f"REVOKE {what} ON {on} FROM {who}" for who, what, on in found - expected]
    return judged("privileges", rule, lacking + extra, "; ".join(remedies))


def functions(connection: Connection) -> Finding:
    wrong = [str(name) for (name,) in rows(connection, "loose_functions")]
    rule = "functions with the owner's rights look up names in our schema alone"
    remedy = "ALTER FUNCTION outbox.NAME SET search_path = outbox, pg_temp"
    return judged("functions", rule, wrong, remedy)


def triggers(connection: Connection) -> Finding:
    found = dict(rows(connection, "triggers"))
    wrong = [f"{name} is missing" for name in sorted(_expected_triggers() - found.keys())]
    wrong += [f"{name} can be passed by" for name, always in found.items() if not always]
    remedy = "ALTER TABLE outbox.TABLE ENABLE ALWAYS TRIGGER TRIGGER"
    return judged("triggers", "the guards of history stand in every session", wrong, remedy)


def policies(connection: Connection) -> Finding:
    unforced = rows(connection, "unforced", tables=[*OF_TENANTS])
    wrong = [str(table) for (table,) in unforced]
    rule = "tenants are kept apart, for the owner's functions too"
    remedy = "ALTER TABLE outbox.TABLE ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    return judged("policies", rule, wrong, remedy)


def expected_grants() -> Iterator[Grant]:
    for group in GROUPS:
        yield group.name, "USAGE", "SCHEMA outbox"
        for function in group.calls:
            yield group.name, "EXECUTE", f"FUNCTION outbox.{function}"
        for table in (*group.reads, VERSION):
            yield group.name, "SELECT", f"TABLE outbox.{table}"


def _found(connection: Connection) -> list[Grant]:
    return [(who, what, on) for who, what, on in rows(connection, "grants")]


def _expected_triggers() -> set[str]:
    matches = (match for text in statements().values() for match in _TRIGGER.finditer(text))
    return {f"{match[2]}.{match[1]}" for match in matches}
