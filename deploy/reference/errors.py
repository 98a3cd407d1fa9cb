"""Every error, its exit code and what to do next."""

from __future__ import annotations

import inspect

from deploy import cli
from deploy.reference.table import head, table
from outbox import errors

_SAID = """\
Every error that is raised on purpose is one of these. The command line says what it is and what
to do next, and ends with its exit code."""


def page() -> str:
    known = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, errors.HoldshortError)
    ]
    rows = (
        (f"`{one.__name__}`", str(one.exit_code), _first(one), one.hint or "no one thing")
        for one in known
    )
    columns = ("error", "exit code", "what it means", "what to do next")
    return head("Errors", _SAID) + f"\n{table(columns, rows)}\n## Exit codes\n\n{_codes()}"


def _first(one: type) -> str:
    return (inspect.getdoc(one) or "").split("\n\n")[0]


def _codes() -> str:
    told = (inspect.getdoc(cli) or "").split("\n\n")[-1]
    general, _, others = " ".join(told.split()).partition("; ")
    rows = (line.strip().partition(" ")[::2] for line in general.split(","))
    return table(("exit code", "what it means"), rows) + f"\n{others[0].upper()}{others[1:]}.\n"
