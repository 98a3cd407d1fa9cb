"""Commands that say how the installation stands: status, top."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from deploy.commands import options
from deploy.status import Status, lines, status
from outbox import queries
from outbox.errors import DependencyDown
from outbox.screens import moves

STRANDED = 8
"""The exit code where something is stranded, or nobody knows."""


@click.command()
@options.dsn
@options.as_json
def status_command(dsn: str | None, as_json: bool) -> None:
    """Say on one screen what waits, since when, and what somebody should see to.

    Exit code 8 if anything is stranded.
    """
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = status(connection)
    told = {**asdict(found), "wrong": found.wrong}
    options.answer(told, "\n".join(lines(found)), as_json=as_json)
    sys.exit(STRANDED if found.numbers.stranded else 0)


@click.command()
@click.option("--once", is_flag=True, help="Look once.")
@click.option("--every", type=options.Time(), default="2s", show_default=True)
@options.dsn
@options.as_json
def top_command(once: bool, every: object, dsn: str | None, as_json: bool) -> None:
    """The same again and again, with how many moves a second, until Ctrl-C."""
    reader = queries.reader(options.settings(dsn=dsn).database())
    screens = _screens(reader.connect)
    pause = every.total_seconds()  # type: ignore[attr-defined]
    for told, said in screens:
        if sys.stdout.isatty() and not as_json:
            click.clear()
        options.answer(told, said, as_json=as_json)
        sys.stdout.flush()
        if once:
            return
        threading.Event().wait(pause)


def _screens(connect: Callable[[], Connection]) -> Iterator[tuple[dict[str, object], str]]:
    """What to show, each time; through every outage of the database, and saying so."""
    before: Status | None = None
    while True:
        try:
            with connect() as connection:
                found = status(connection)
                rates = _rates(connection, before, found)
        except (DBAPIError, DependencyDown) as error:
            why = str(error).splitlines()[0]
            yield {"error": why}, f"{why}\n  next: holdshort doctor"
            continue
        told = {**asdict(found), "wrong": found.wrong, "moves_per_second": rates}
        shown = ", ".join(f"{state} {rate:.1f}" for state, rate in rates.items())
        yield told, "\n".join([*lines(found), f"  moves a second: {shown or 'none'}"])
        before = found


def _rates(connection: Connection, before: Status | None, now: Status) -> dict[str, float]:
    if before is None:
        return {}
    seconds = (now.at - before.at).total_seconds()
    counted = moves.moved(connection, before.place)
    return {state: number / max(seconds, 0.001) for state, number in counted.items()}
