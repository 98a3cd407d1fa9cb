"""The command that says what so many intents a month take."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from deploy.commands import options

if TYPE_CHECKING:
    from deploy.planning.inputs import Inputs


@click.command()
@click.option("--month", type=float, default=1e9, show_default=True, help="Intents a month.")
@click.option("--peak", type=float, default=4.0, show_default=True, help="Busiest by mean.")
@click.option("--review", type=float, default=0.001, show_default=True, help="Read by people.")
@click.option("--cores", type=int, default=16, show_default=True, help="Of a cell's database.")
@click.option("--keep", type=float, default=12.0, show_default=True, help="Months in there.")
@click.option("--disk", type=float, default=4e12, show_default=True, help="Bytes of a cell.")
@click.option("--wire", type=float, default=0.1, show_default=True, help="Seconds of a mail.")
@click.option("--measure", is_flag=True, help="Measure on embedded parts first, in a minute.")
@click.option("--write", is_flag=True, help="Write docs/SCALE.md and its picture again.")
@options.as_json
def plan_command(measure: bool, write: bool, as_json: bool, **given: float) -> None:
    """Say how many databases, workers, people and bytes so many intents a month take.

    It is computed, and a day of one database is simulated, from what was measured on a
    machine of ours: docs/SCALE.md says how, and what it does not know.
    """
    from deploy.planning import telling
    from deploy.planning.inputs import inputs
    from deploy.planning.model import Wanted, planned

    if any(value <= 0 for value in given.values()):
        raise click.UsageError("every figure is more than 0")
    if given["peak"] < 1:
        raise click.UsageError("the busiest hour is no less than the mean one")
    known = _measured() if measure else inputs()
    wanted = Wanted(**given)  # type: ignore[arg-type]
    plan = planned(known, wanted)
    day = telling.hours(known, wanted, plan)
    if write:
        telling.write(known)
    wide = max(len(what) for what, _ in telling.lines(plan))
    said = [f"{what:<{wide}}  {much}" for what, much in telling.lines(plan)]
    said += [
        f"{hour:>2}:00 {rate:>8,.1f} a second: median {half * 1e3:,.0f} ms,"
        f" p99 {most * 1e3:,.0f} ms, p99.9 {all_but * 1e3:,.0f} ms"
        for hour, (rate, half, most, all_but) in enumerate(day)
    ]
    options.answer({**asdict(plan), "day": day}, "\n".join(said), as_json=as_json)


def _measured() -> Inputs:
    from deploy.planning.checking import checked
    from deploy.planning.inputs import keep
    from deploy.planning.measuring import measured, works

    with works() as at:
        found = measured(at)
        found = replace(found, checked=tuple(checked(at, found)))
    keep(found)
    return found
