"""A page and its tables, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable


def head(title: str, said: str) -> str:
    return f"# {title}\n\n<!-- written by `make readme`; do not edit -->\n\n{said}\n"


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """With `|` in what is said kept from ending a column."""
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join(f"| {' | '.join(map(_kept, line))} |" for line in lines) + "\n"


def _kept(said: str) -> str:
    return " ".join(said.split()).replace("|", "\\|").replace("<", "&lt;")
