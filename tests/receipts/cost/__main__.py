"""`python -m tests.receipts.cost`: what receipts cost, in pairs; the last line is JSON."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local.databases import temporary_database
from deploy.local.logins import logins
from deploy.local.postgres import EmbeddedPostgres
from outbox.store import connect
from schemas.migrate import upgrade
from tests import reliability
from tests.parts import journey
from tests.receipts.cost.chain import PREPARED, rate
from tests.receipts.cost.pipeline import pipeline

PAGE = Path(__file__).parents[3] / "docs" / "RECEIPTS.md"
MOST_COST, LEAST_GAIN = 0.25, 4.0
Rates = tuple[float, float]
Figures = dict[str, float | bool | str | int]


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def paired(names: tuple[str, str], ask: Callable[[str], float], rounds: int) -> list[Rates]:
    """Both rates in each round, in alternating order; a first round is not counted."""
    found = []
    for number in range(rounds + 1):
        order = names if number % 2 else names[::-1]
        rates = {name: ask(name) for name in order}
        tell(f"round {number}: " + ", ".join(f"{name} {rates[name]:.1f}/s" for name in names))
        found.append((rates[names[0]], rates[names[1]]))
    return found[1:]


def ratios(name: str, rates: Sequence[Rates]) -> Figures:
    """The first by the second, in each pair."""
    each = [first / second for first, second in rates]
    median = statistics.median(each)
    return {
        f"{name}_median": round(median, 3),
        f"{name}_min": round(min(each), 3),
        f"{name}_max": round(max(each), 3),
    }


def of_pipeline(server: str, rounds: int, intents: int) -> Figures:
    """Throughput with receipts by throughput without them."""
    told = {"intents": intents, "rounds": rounds + 1}
    with (
        pipeline(server, receipts="on", **told) as on,
        pipeline(server, receipts="off", **told) as off,
    ):
        both = {"on": on, "off": off}
        rates = paired(("on", "off"), lambda name: both[name].round(), rounds)
    figures = ratios("on_by_off", rates)
    cost = round(1 - float(figures["on_by_off_median"]), 3)
    return {**figures, "cost": cost}


def of_inserts(server: str, pgbench: Path, rounds: int, seconds: int) -> Figures:
    """The rate of receipts that are queued by that of receipts in one chain."""
    with temporary_database(server) as dsn:
        upgrade(dsn)
        with connect(dsn, application="cost") as owner:
            journey.proposed(owner)
            for statement in PREPARED:
                owner.execute(statement)
        sender = logins(dsn)["sender"]

        def ask(function: str) -> float:
            return rate(pgbench, sender, function, seconds)

        rates = paired(("queued", "chained"), ask, rounds)
    return ratios("queued_by_chained", rates)


def measured(rounds: int, intents: int, seconds: int) -> Figures:
    """Everything, on a server of its own."""
    with TemporaryDirectory(prefix="holdshort-cost-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        database = EmbeddedPostgres(room / "postgres")
        with database as server:
            pgbench = database.programs() / "pgbench"
            gained = of_inserts(server, pgbench, rounds, seconds)
            spent = of_pipeline(server, rounds, intents)
    met = float(spent["cost"]) <= MOST_COST
    met = met and float(gained["queued_by_chained_median"]) >= LEAST_GAIN
    load = f"{os.getloadavg()[1]:.1f}"
    return {**spent, **gained, "rounds": rounds, "intents": intents, "load": load, "met": met}


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.receipts.cost")
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--intents", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    given = arguments.parse_args()
    figures = measured(given.rounds, given.intents, given.seconds)
    if given.write:
        reliability.write(
            "receipts-cost", "make receipts-cost WRITE=1", figures, "nothing", PAGE
        )
    tell(json.dumps(figures))
    sys.exit(not figures["met"])


if __name__ == "__main__":
    main()
