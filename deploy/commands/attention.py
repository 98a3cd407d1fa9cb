"""The command that shows how people decide."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from deploy.commands import options
from outbox import queries
from outbox.attention.reviewers import DAYS, reviewers

if TYPE_CHECKING:
    from outbox.attention.reviewers import Reviewer


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=DAYS, show_default=True)
@options.dsn
@options.as_json
def attention_command(days: int, dsn: str | None, as_json: bool) -> None:
    """Show how each person has decided: how often yes, how fast, which decoys they caught.

    Who has decided on nothing is not there: silence counts against nobody.
    """
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = reviewers(connection, days=days)
    values = [
        {**asdict(one), "approval_rate": one.approval_rate, "catch_rate": one.catch_rate}
        for one in found
    ]
    told = "\n".join(map(_line, found)) or f"nobody has decided on anything in {days} days"
    options.answer(values, told, as_json=as_json)


def _line(one: Reviewer) -> str:
    rate = "" if one.approval_rate is None else f" ({one.approval_rate:.0%} yes)"
    took = "" if one.took is None else f", {one.took.total_seconds():.0f} s each"
    seconded = f", {one.overruled} of {one.seconded} overruled" if one.seconded else ""
    decoys = f", {one.caught} of {one.caught + one.missed} decoys caught"
    until = one.tightened_until
    more = "" if until is None else f"; a yes needs one more until {until:%Y-%m-%d %H:%M %Z}"
    return f"{one.person:<20} {one.decided} decided{rate}{took}{decoys}{seconded}{more}"
