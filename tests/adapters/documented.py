"""The tables of docs/ADAPTERS.md, from the tools and what they say: make readme."""

from __future__ import annotations

from pathlib import Path

from deploy.readme import with_block
from outbox.adapters.saying import SENTENCES
from outbox.adapters.tools import tools
from outbox.adapters.ways import by_database
from outbox.lifecycle import State

PAGE = Path("docs/ADAPTERS.md")


def offered() -> str:
    """A row for each tool."""
    rows = tools(by_database("", ""))
    return "| tool | takes | what the model is told of it |\n|---|---|---|\n" + "".join(
        f"| `{one.name}` | {_fields(one.schema)} | {one.meaning} |\n" for one in rows
    )


def sentences() -> str:
    """A row for each state."""
    return "| state | what the model is told |\n|---|---|\n" + "".join(
        f"| `{state}` | {said.format(id=12, state=state, next=2, why=', because …')} |\n"
        for state, said in sorted(SENTENCES.items(), key=lambda one: [*State].index(one[0]))
    )


def _fields(schema: dict[str, object]) -> str:
    properties = schema["properties"]
    assert isinstance(properties, dict)
    return ", ".join(f"`{name}`" for name in properties)


def main() -> None:
    page = PAGE.read_text("utf-8")
    page = with_block(page, "tools", offered())
    PAGE.write_text(with_block(page, "sentences", sentences()), "utf-8")


if __name__ == "__main__":
    main()
