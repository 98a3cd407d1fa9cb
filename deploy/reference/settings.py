"""Every setting."""

from __future__ import annotations

from deploy.reference.table import head, table
from outbox.settings import describe

_SAID = """\
Settings come from the environment only. A name that begins with `HOLDSHORT_` and is no setting
is refused, so that a mistyped one is no silent default. `holdshort settings` says the same."""


def page() -> str:
    rows = (
        (f"`{one.name}`", f"`{one.default}`" if one.default else "unset", one.meaning)
        for one in describe()
    )
    return head("Settings", _SAID) + "\n" + table(("setting", "default", "what it means"), rows)
