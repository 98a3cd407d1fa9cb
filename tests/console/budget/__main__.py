"""`python -m tests.console.budget`: seed, measure, and tell whether the budget is kept."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.bench.flat.seeding import seed
from deploy.local.databases import temporary_database
from deploy.local.postgres import EmbeddedPostgres
from outbox.pools import pooled
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests import reliability
from tests.console.budget.measuring import BUDGET, Figure, measured
from tests.console.budget.pages import pages
from tests.console.budget.reads import opened, reads
from tests.parts import journey
from tests.parts.console import console
from tests.parts.logins import logins_of

PAGE = Path(__file__).parents[3] / "docs" / "BUDGET.md"
INDEXES = (
    *("recipient_by_address", "recipient_by_domain", "artifact_by_producer"),
    *("score_by_confidence", "intent_closed"),
)
"""Those that only screens read."""


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def seeded(rows: int) -> Iterator[str]:
    """The DSN of a database with that many intents, on a server of its own."""
    with TemporaryDirectory(prefix="holdshort-budget-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        with EmbeddedPostgres(room / "postgres") as server, temporary_database(server) as dsn:
            upgrade(dsn)
            journey.arm(dsn)
            begun = time.monotonic()
            seed(dsn, rows)
            tell(f"seeded {rows} intents in {time.monotonic() - begun:.0f} s")
            yield dsn


def figures_of(dsn: str, rounds: int) -> dict[str, Figure]:
    """Every read and every page, with logins that the policies of rows hold for."""
    logins = logins_of(dsn)
    engine = pooled(logins["reader"])
    with engine.connect() as connection:
        named = {name: opened(engine, read) for name, read in reads(connection)}
    with console(logins["console"], reads=pooled(logins["console"])) as origin:
        found = measured({**named, **dict(pages(origin, logins["reader"]))}, rounds)
    engine.dispose()
    return found


def sizes_of(db: Connection) -> dict[str, str]:
    size = "SELECT pg_size_pretty(pg_relation_size(%s::regclass))"
    return {
        name: str(db.execute(size, (f"outbox.{name}",)).fetchall()[0][0])
        for name in (*INDEXES, "tally")
    }


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.console.budget")
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=40)
    arguments.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    given = arguments.parse_args()
    with seeded(given.rows) as dsn:
        figures = figures_of(dsn, given.rounds)
        with connect(dsn, application="budget") as db:
            sizes = sizes_of(db)
    for name, figure in figures.items():
        tell(f"{figure!s:>28}  {name}")
    worst = max(figures.values(), key=lambda figure: figure.p95)
    told: dict[str, reliability.Figure] = {
        "intents": given.rows,
        "rounds": given.rounds,
        "load": f"{os.getloadavg()[1]:.1f}",
        **{name: str(figure) for name, figure in figures.items()},
        **{f"size of {name}": size for name, size in sizes.items()},
        "met": worst.p95 <= BUDGET,
    }
    if given.write:
        command = f"make console-budget ROWS={given.rows} WRITE=1"
        reliability.write("console-budget", command, told, "whole pages", PAGE)
    sys.exit(worst.p95 > BUDGET)


if __name__ == "__main__":
    main()
