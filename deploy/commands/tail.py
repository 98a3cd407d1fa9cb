"""The command that follows recorded moves."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict

import click
from pydantic_core import to_json
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from deploy.commands import options
from outbox import queries
from outbox.errors import DependencyDown
from outbox.lifecycle import FINAL
from outbox.screens.moves import MOST, Follower, Moved, place

GLANCE = 0.5
"""Seconds between two looks."""


@click.command()
@click.argument("id", type=click.IntRange(min=1), metavar="[ID]", required=False)
@click.option("--last", type=click.IntRange(0, 1000), default=10, show_default=True)
@click.option("--after", type=click.IntRange(min=0), metavar="PLACE", help="Go on from there.")
@click.option("--once", is_flag=True, help="What is there, and no more.")
@options.dsn
@options.as_json
def tail_command(
    id: int | None, last: int, after: int | None, once: bool, dsn: str | None, as_json: bool
) -> None:
    """Follow recorded moves, of one intent until it is final, or of all until Ctrl-C.

    Each is told once, however late it commits, and outages of the database are waited out.
    With --json each line says its `resume`: `--after` that goes on without a loss.
    """
    reader = queries.reader(options.settings(dsn=dsn).database())
    follower = Follower(_begin(reader, id, last, after), intent=id)
    try:
        for move in _moves(reader, follower, once=once):
            told = {**asdict(move), "resume": follower.after}
            click.echo(to_json(told).decode() if as_json else line(move))
            sys.stdout.flush()
            if id is not None and move.source is not None and move.target in FINAL:
                return
    finally:
        if not as_json:
            click.echo(f"  next: holdshort tail --after {follower.after}", err=True)


def line(move: Moved) -> str:
    """A move in one line."""
    what = move.notice or f"{move.source} -> {move.target}"
    return f"{move.at:%Y-%m-%d %H:%M:%S}  {move.intent:>6}  {what}  by {move.role}"


def _begin(reader: Engine, id: int | None, last: int, after: int | None) -> int:
    if after is not None or id is not None:
        return after or 0
    with reader.connect() as connection:
        return place(connection, last=last)


def _moves(reader: Engine, follower: Follower, *, once: bool) -> Iterator[Moved]:
    lost = False
    while True:
        found: list[Moved] = []
        try:
            with reader.connect() as connection:
                found = follower.look(connection)
        except (DBAPIError, DependencyDown) as error:
            if once:
                raise
            if not lost:
                click.echo(f"{str(error).splitlines()[0]}; trying again", err=True)
            lost = True
        else:
            lost = False
        yield from found
        if len(found) == MOST:
            continue
        if once:
            return
        threading.Event().wait(GLANCE)
