"""What one check has found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from outbox.store import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of `holdshort doctor`."""

    check: str
    ok: bool
    said: str
    remedy: str = ""
    """The next command, where something is wrong."""


def fine(check: str, said: str) -> Finding:
    return Finding(check=check, ok=True, said=said)


def judged(check: str, rule: str, wrong: Iterable[str], remedy: str) -> Finding:
    """That `rule` holds, unless there is something in `wrong`."""
    broken = [*wrong]
    if not broken:
        return fine(check, rule)
    return Finding(check=check, ok=False, said=f"not so: {'; '.join(broken)}", remedy=remedy)


def rows(connection: Connection, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """What the statement in `deploy/doctor/sql/<statement>.sql` gives back."""
    return connection.execute(_sql(statement), parameters or None).fetchall()


@cache
def _sql(name: str) -> bytes:
    return resources.files("deploy.doctor").joinpath("sql", f"{name}.sql").read_bytes()
