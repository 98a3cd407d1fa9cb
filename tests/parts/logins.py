"""A login for each role on whatever server the tests run."""

from __future__ import annotations

from deploy.local.logins import logins


def logins_of(dsn: str) -> dict[str, str]:
    """The DSN of each role for this database."""
    return logins(dsn, password="tests")
