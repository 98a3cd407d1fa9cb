"""Commands of an operator: seed decoys, and say how many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import click

from deploy.commands import options
from outbox.attention import decoys


@click.group()
def decoy_command() -> None:
    """Known-bad items among the others: whether people look before they say yes."""


@decoy_command.command("seed")
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--examples", is_flag=True, help="Those that come with it, in place of a FILE.")
@click.option("--sender", help="From whom the examples are, like the agent's own mails.")
@click.option("--to", help="To whom.")
@click.option("--as", "producer", metavar="NAME", help="In this agent's name; else the last's.")
@click.option("--tenant", default="default", show_default=True)
@click.option(
    "--spread",
    type=options.Time(),
    default="1d",
    show_default=True,
    help="Each comes at some moment of this time.",
)
@options.by
@options.dsn
@options.as_json
def seed_command(
    *,
    file: Path | None,
    examples: bool,
    sender: str | None,
    to: str | None,
    producer: str | None,
    tenant: str,
    spread: dt.timedelta,
    actor: str,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Have the decoys in FILE planted among what agents propose.

    FILE is a list in JSON: [{"flaw": "what is wrong", "artifact": {...}}].  They never leave,
    whoever approves them; who decides on one is told then.
    """
    seeds = _seeds(file, sender, to, given=examples)
    with options.database(dsn) as connection:
        seeded = decoys.seed(
            connection, seeds, spread=spread, actor=actor, tenant=tenant, producer=producer
        )
    said = f"{seeded} decoys are seeded by {actor}; each comes within {spread}"
    options.answer({"seeded": seeded}, said, as_json=as_json)


@decoy_command.command("count")
@options.dsn
@options.as_json
def count_command(dsn: str | None, as_json: bool) -> None:
    """Say how many wait to be planted, stand among the others, and were decided on."""
    with options.database(dsn) as connection:
        found = decoys.numbers(connection)
    said = f"{found.seeded} seeded, {found.planted} among what waits, {found.met} decided on"
    options.answer(asdict(found), said, as_json=as_json)


def _seeds(
    file: Path | None, sender: str | None, to: str | None, *, given: bool
) -> list[decoys.Seed]:
    if given == (file is not None):
        raise click.UsageError("say a FILE, or --examples")
    if file is not None:
        return decoys.read(options.read(file))
    if sender is None or to is None:
        raise click.UsageError("say --sender and --to for the examples")
    return decoys.examples(sender=sender, to=to)
