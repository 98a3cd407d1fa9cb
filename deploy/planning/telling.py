"""The plan and its day in words: what `holdshort plan` prints and docs/SCALE.md shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deploy.bench.page import DOCS, table
from deploy.planning import drawing
from deploy.planning.inputs import Inputs
from deploy.planning.model import Plan, Wanted, planned
from deploy.planning.simulating import Hour, day
from deploy.readme import with_block

PAGE, PICTURE = DOCS / "SCALE.md", DOCS / "images" / "scale.svg"
MONTHS = (1e6, 1e7, 1e8, 1e9)
Line = tuple[str, str]


def lines(plan: Plan) -> Iterator[Line]:
    """What each is, and how much of it."""
    yield "intents a second, mean and busiest hour", f"{plan.mean:,.1f}, {plan.busiest:,.1f}"
    yield "cells (databases)", f"{plan.cells}"
    yield "... for the processors alone", f"{plan.cells_by_processor}"
    yield "... for the attester alone", f"{plan.cells_by_attester}"
    yield "... for the disk alone", f"{plan.cells_by_disk}"
    yield "a cell's busiest hour, intents a second", f"{plan.busiest_of_a_cell:,.1f}"
    yield "hands of a cell, and senders in all", f"{plan.hands}, {plan.senders}"
    yield "cores of our processes, in all", f"{plan.workers}"
    yield "relays, in all", f"{plan.relays}"
    yield "partitions of a Kafka topic", f"{plan.partitions}"
    yield "disk, a month", _bytes(plan.disk_a_month)
    yield "disk of a cell, in the end", _bytes(plan.disk_of_a_cell)
    yield "events that are archived, a month", _bytes(plan.archived_a_month)
    yield "WAL in the busiest hour, a second", _bytes(plan.wal)
    yield "people who review", f"{plan.people:,}"


def hours(given: Inputs, wanted: Wanted, plan: Plan) -> list[Hour]:
    """A simulated day of one cell."""
    mean = plan.busiest_of_a_cell / wanted.peak
    return day(given, mean=mean, peak=wanted.peak, hands=plan.hands)


def write(given: Inputs) -> None:
    """Put this into docs/SCALE.md, and draw the day of a cell of a thousand million."""
    wanted = Wanted(month=1e9)
    page = PAGE.read_text("utf-8")
    for name, part in (("inputs", told_of(given)), ("plan", plans(given))):
        page = with_block(page, name, part)
    PAGE.write_text(page, encoding="utf-8")
    Path(PICTURE).write_text(
        drawing.drawn(hours(given, wanted, planned(given, wanted))), encoding="utf-8"
    )


def told_of(given: Inputs) -> str:
    """What was measured, and how far it was foretold."""
    ours = [
        ("the database's processors, an intent", f"{given.server * 1e6:,.0f} us"),
        ("our processes' processors", f"{given.client * 1e6:,.0f} us"),
        ("the attester, by the clock", f"{given.attest * 1e6:,.0f} us"),
        ("a round of all steps, and each intent in it",
         f"{given.begin * 1e3:,.1f} ms, {given.each * 1e3:,.2f} ms"),
        ("bytes that stay", f"{sum(given.bytes.values()):,.0f}"),
        *((f"... {table}", f"{size:,.0f}") for table, size in _largest(given)),
        ("bytes of WAL", f"{given.wal:,.0f}"),
        ("events, receipts", f"{given.events:.0f}, {given.receipts:.0f}"),
        ("events a second of a relay", f"{given.relay:,.0f}"),
    ]  # fmt: skip
    checks = (
        (one.name, f"{one.foretold:,.4g}", f"{one.measured:,.4g}", f"{one.error:+.0%}")
        for one in given.checked
    )
    found = table(("what", "measured"), [*given.facts.items(), *ours])
    return f"{found}\n{table(('of another run', 'foretold', 'measured', 'error'), checks)}"


def _largest(given: Inputs) -> list[tuple[str, float]]:
    return sorted(given.bytes.items(), key=lambda one: -one[1])[:8]


def plans(given: Inputs) -> str:
    """Beside each other, tenfold by tenfold."""
    plans = [dict(lines(planned(given, Wanted(month=month)))) for month in MONTHS]
    rows = ((what, *(plan[what] for plan in plans)) for what in plans[0])
    return table(("intents a month", *(f"{month:,.0f}" for month in MONTHS)), rows)


def _bytes(amount: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9)):
        if amount >= size:
            return f"{amount / size:,.1f} {unit}"
    return f"{amount / 1e6:,.1f} MB"
