"""Commands of cells: several databases, each with tenants of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import click

from deploy.commands import options
from outbox import queries
from outbox.cells import Cell, Cells, said_by
from outbox.errors import BadSettings, DependencyDown
from outbox.store import connect


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How one cell stands, as its own database says."""

    name: str
    tenants: list[str]
    declared: bool
    """Its database says the same as the file."""
    waiting: dict[str, int]
    """How many intents are in each state that is not final."""
    down: str = ""
    """Why nothing is known of it."""


@click.group()
def cell_command() -> None:
    """Each tenant lives in one of several databases, as the file HOLDSHORT_CELLS says."""


@cell_command.command("list")
@options.as_json
def list_cells(as_json: bool) -> None:
    """Look at every cell: who lives there, whether it says so itself, and what waits."""
    found = [_stands(name, cell) for name, cell in _cells().cells.items()]
    options.answer(found, "\n".join(map(_line, found)), as_json=as_json)


@cell_command.command("declare")
@click.argument("name")
@options.by
@options.as_json
def declare(name: str, actor: str, as_json: bool) -> None:
    """Let the database of the cell NAME say which one it is, and who lives there.

    From then on nobody proposes there for anybody else.
    """
    cells = _cells()
    cells.declare(name, actor=actor)
    tenants = cells.named(name).tenants
    said = f"{name} is declared by {actor}: {', '.join(tenants) or 'nobody'} lives there"
    options.answer({"cell": name, "tenants": tenants}, said, as_json=as_json)


def _cells() -> Cells:
    given = options.settings()
    if given.cells is None:
        raise BadSettings("HOLDSHORT_CELLS names no file", hint="see docs/SCALE.md")
    return Cells.read(given.cells)


def _stands(name: str, cell: Cell) -> Stands:
    try:
        with connect(cell.dsn, application="holdshort") as connection:
            declared = said_by(connection) == (name, cell.tenants)
        with queries.reader(cell.dsn).connect() as reading:
            waiting: Counter[str] = Counter()
            for one in queries.waiting(reading):
                waiting[one.state] += one.intents
    except DependencyDown as down:
        return Stands(
            name=name, tenants=cell.tenants, declared=False, waiting={}, down=str(down)
        )
    return Stands(name=name, tenants=cell.tenants, declared=declared, waiting=dict(waiting))


def _line(one: Stands) -> str:
    states = ", ".join(f"{count} {state}" for state, count in sorted(one.waiting.items()))
    said = one.down or f"{states or 'nothing waits'}"
    wrong = "" if one.declared or one.down else f"; next: holdshort cell declare {one.name}"
    return f"{one.name}  {', '.join(one.tenants) or 'nobody'}: {said}{wrong}"
