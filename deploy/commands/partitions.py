"""Commands of the partitions in which the log of moves is kept."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands import options
from outbox import partitions


@click.group()
def partitions_command() -> None:
    """The log of moves is kept in partitions, so that old ones can leave the database."""


@partitions_command.command("list")
@options.dsn
@options.as_json
def list_partitions(dsn: str | None, as_json: bool) -> None:
    """List the partitions that are attached, with what each takes on the disk."""
    with options.database(dsn) as connection:
        found = partitions.partitions(connection)
    lines = [
        f"{one.name:<14} about {one.events:>12,} events {one.bytes / 1e6:>10,.1f} MB"
        + (f"  since {one.since:%Y-%m-%d %H:%M}" if one.since else "")
        for one in found
    ]
    options.answer(found, "\n".join(lines), as_json=as_json)


@partitions_command.command("make")
@options.dsn
@options.as_json
def make_partitions(dsn: str | None, as_json: bool) -> None:
    """Make the partitions of the next events, if they are missing; sweepers do it, too."""
    with options.database(dsn) as connection:
        made = partitions.make(connection)
    said = f"made {', '.join(made)}" if made else "none is missing"
    options.answer({"made": made}, said, as_json=as_json)


@partitions_command.command("archive")
@click.argument("number", type=click.IntRange(min=0))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new CSV file for its events.",
)
@options.by
@options.dsn
@options.as_json
def archive(number: int, out: Path, actor: str, dsn: str | None, as_json: bool) -> None:
    """Export the partition event_NUMBER and detach it; a receipt has the file's digest.

    Its table stays in the database, by itself, until somebody drops it: what is archived
    is read over twice before it is gone.
    """
    with options.database(dsn) as connection:
        done = partitions.archive(connection, number, out, actor=actor)
    said = (
        f"{done.events} events of {done.partition} are in {out} (SHA-256 {done.sha256})\n"
        f"  next: keep {out}, then, as who migrates: DROP TABLE outbox.{done.partition}"
    )
    options.answer(done, said, as_json=as_json)
