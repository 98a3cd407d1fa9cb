"""Who may call which function of the database, and read which table."""

from __future__ import annotations

import re
from functools import cache

from deploy.reference.table import head, table
from deploy.site import HOUSE
from schemas.groups import GROUPS, Group

_SAID = """\
Nobody but the owner writes a table: who may write may call a function that does. Each process,
agent and person has a login in one of these groups; `holdshort roles` prints the SQL for that,
and `holdshort doctor` compares what there is with this."""
_MADE = re.compile(r"^CREATE (?:OR REPLACE )?FUNCTION outbox\.(\w+)\s*\(", re.MULTILINE)


def page() -> str:
    return head("The database, by role", _SAID) + "".join(map(_said, GROUPS))


def _said(group: Group) -> str:
    rows = [(f"`outbox.{name}`", _meanings()[name]) for name in group.calls]
    called = table(("function", "what it does"), rows) if rows else "It calls nothing.\n"
    read = ", ".join(f"`{name}`" for name in dict.fromkeys(group.reads)) or "nothing"
    return f"\n## {group.name}\n\nIt {group.meaning}.\n\n{called}\nIt reads {read}.\n"


@cache
def _meanings() -> dict[str, str]:
    """The first sentence of the file that makes each."""
    files = (HOUSE / "schemas" / "migrations").rglob("*.sql")
    texts = [file.read_text("utf-8") for file in sorted(files)]
    return {made[1]: _sentence(text) for text in texts for made in _MADE.finditer(text)}


def _sentence(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return re.split(r"(?<=\.)\s", " ".join(lines))[0]
