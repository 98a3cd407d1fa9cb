"""Checks of who connects: no login may be two kinds of process, or more than one of ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from deploy.doctor.finding import Finding, judged, rows
from outbox.store import Connection
from schemas.groups import GROUPS, OWNER, TOGETHER

_NAMES = [group.name for group in GROUPS]


def groups(connection: Connection) -> Finding:
    wrong = [str(said) for (said,) in rows(connection, "groups", roles=[OWNER, *_NAMES])]
    remedy = "holdshort migrate; for attributes: ALTER ROLE NAME NOLOGIN NOSUPERUSER ..."
    return judged("groups", "the roles are there, and nobody's login", wrong, remedy)


def logins(connection: Connection) -> Finding:
    found = rows(connection, "logins", roles=[OWNER, *_NAMES])
    wrong = [said for login in found for said in too_much(*login)]
    remedy = "a login for each: holdshort roles; and REVOKE GROUP FROM LOGIN"
    rule = f"none of the {len(found)} logins in our groups may do more than one thing"
    return judged("logins", rule, wrong, remedy)


def own_login(connection: Connection) -> Finding:
    [(login, owns, _)] = rows(connection, "own_login")
    wrong = [f"{login} may do everything: it is for migrations"] if owns else []
    remedy = "give each process a login of its own, see: holdshort roles"
    return judged("own login", f"{login} is not the owner's", wrong, remedy)


def too_much(login: str, groups: list[str], else_: list[str]) -> Iterator[str]:
    """What of this login's is more than one kind of process or person needs."""
    yield from (f"{login} has {more}" for more in else_)
    if OWNER in groups:
        return  # it migrates: `own_login` says what to think of connecting with it
    for one, other in combinations(groups, 2):
        if not any({one, other} <= together for together in TOGETHER):
            yield f"{login} is in {one} and in {other}"
