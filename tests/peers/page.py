"""The tables of `docs/PEERS.md`."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.readme import with_block
from tests import reliability
from tests.peers.contestants import Contestant
from tests.peers.judging import Verdict

PAGE = Path(__file__).parents[2] / "docs" / "PEERS.md"
PART = "peers"
AFTER = (
    *("product", "version", "kills", "mails", "arrived", "duplicates", "worst kill", "lost"),
    *("kills shown as unknown", "mails left to a person"),
)
BEFORE = ("product", "kills", "sent once, by itself", "duplicates", "lost", "left to a person")
WORDS = ("product", "before it leaves, a mail needs", "of a worker that dies it says")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contestant with all that was found."""

    contestant: Contestant
    version: str
    after: Verdict
    """Killed after the server had put the mail on disk."""
    before: Verdict
    """Killed before the server asked for the mail's first byte."""


def write(lines: Sequence[Line], command: str, server: str) -> None:
    """Put what a run found in place of what an earlier one did."""
    facts = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": f"`{command}`",
        "versions": f"Python {platform.python_version()}, PostgreSQL {server}",
        "machine": f"{os.cpu_count()} cores, {platform.system()}, {platform.machine()}",
    }
    content = "\n".join([reliability.table(facts.items()), tables(lines)])
    text = PAGE.read_text("utf-8")
    PAGE.write_text(with_block(text, PART, content), encoding="utf-8")


def tables(lines: Sequence[Line]) -> str:
    return "\n".join(
        [
            "**Killed after the mail was accepted, before the 250 could be read**\n",
            _table(AFTER, (_after(line) for line in lines)),
            "**Killed before the mail's first byte: surely not sent**\n",
            _table(BEFORE, (_before(line) for line in lines)),
            "**What each asks for, and what it says**\n",
            _table(WORDS, (_words(line.contestant) for line in lines)),
        ]
    )


def _after(line: Line) -> Sequence[object]:
    found = line.after
    counts = (found.kills, found.mails, found.arrived)
    faults = (found.duplicates, found.worst, found.lost)
    shown = f"{found.shown} of {found.kills}"
    return (line.contestant.name, line.version, *counts, *faults, shown, found.asked)


def _before(line: Line) -> Sequence[object]:
    found = line.before
    alone = found.arrived - found.duplicates
    return (line.contestant.name, found.kills, alone, found.duplicates, found.lost, found.asked)


def _words(one: Contestant) -> Sequence[object]:
    return (one.name, one.approval, one.promise)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)
