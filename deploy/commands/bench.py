"""The command that measures this product beside others."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import click
from pydantic_core import to_json

from deploy.commands import options

RAW = Path("holdshort-bench.json")
ROUNDS, FEWEST = 5, 3


@click.command()
@click.option("--only", multiple=True, metavar="GOAL", help="This goal, by number or name.")
@click.option(
    "--rounds",
    type=click.IntRange(min=FEWEST),
    help=f"How often each is measured; without: {ROUNDS}, in a short run {FEWEST}.",
)
@click.option("--short", is_flag=True, envvar="BENCH_SHORT", help="In ten minutes at most.")
@click.option(
    "--finished",
    type=click.IntRange(min=1),
    help="How many intents are over in goal 7: 6 kB of disk each, and 15 s for 100,000.",
)
@click.option("--out", type=click.Path(path_type=Path), default=RAW, show_default=True)
@click.option("--write", is_flag=True, help="Write docs/SPEED.md and its picture again.")
@options.as_json
def bench_command(
    only: tuple[str, ...],
    rounds: int | None,
    short: bool,
    finished: int | None,
    out: Path,
    write: bool,
    as_json: bool,
) -> None:
    """Measure how fast this is beside others, goal by goal, on parts of its own.

    Peers are installed below .peers, from a package index; one that is not to be had is
    said to be missing.  The last line is the result as JSON, and the exit status is 1 if a
    goal was missed.  Every round is kept in the file of --out.
    """
    from deploy.bench import page, telling
    from deploy.bench.goals import GOALS, named_like
    from deploy.bench.running import run

    if write and (only or finished):
        raise click.UsageError("a table of some goals is no table: without --only, --finished")
    goals = named_like(only)
    rounds = rounds or (FEWEST if short else ROUNDS)
    for found in run(goals, rounds, _telling(), short=short, finished=finished):
        for line in () if as_json else telling.said(found.judgements[-1]):
            click.echo(line)
        out.write_bytes(to_json(found.kept(), indent=1))
    if write:
        page.write(found)
    result = telling.result(found.judgements, [one for one in GOALS if one not in goals])
    click.echo(to_json(result).decode())
    sys.exit(not result["met"])


def _telling() -> Callable[[str], None]:
    """Says how far it is, and after how many minutes."""
    begun = monotonic()

    def tell(line: str) -> None:
        minutes, seconds = divmod(int(monotonic() - begun), 60)
        click.echo(f"{minutes:3}:{seconds:02} {line}", err=True)

    return tell
