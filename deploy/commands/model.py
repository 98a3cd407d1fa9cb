"""Commands of the model that learns from people: train one, evaluate one."""

from __future__ import annotations

from pathlib import Path

import click

from consumers.scorers.learned.decisions import Decided, decisions
from consumers.scorers.learned.model import Evaluation, load
from consumers.scorers.learned.training import evaluated, trained
from deploy.commands import options
from outbox.newfile import new_file

_DAYS = 365

days = click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=_DAYS,
    show_default=True,
    help="How far back to look for decisions.",
)


@click.group()
def model_command() -> None:
    """The scorer `learned`: what people decided teaches it how likely a yes is."""


@model_command.command("train")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write it to; none may be there.",
)
@days
@options.dsn
@options.as_json
def train_command(out: Path, days: int, dsn: str | None, as_json: bool) -> None:
    """Learn from people's decisions, but for the newest fifth: on these it is evaluated.

    Nothing judges by it until HOLDSHORT_LEARNED_MODEL names the file.
    """
    with new_file(out) as file:
        model = trained(_decided(dsn, days))
        file.write(model.file())
    assert model.evaluation is not None
    said = (
        f"{out}: version {model.digest[:12]}, learnt from {model.learnt} decisions,"
        f" {len(model.words)} words\n{_line(model.evaluation)}"
        f"\n  next: HOLDSHORT_LEARNED_MODEL={out} HOLDSHORT_SCORERS=rules,learned"
    )
    values = {"version": model.digest[:12], "learnt": model.learnt, "words": len(model.words)}
    options.answer({**values, "evaluation": _values(model.evaluation)}, said, as_json=as_json)


@model_command.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@days
@options.dsn
@options.as_json
def evaluate_command(file: Path, days: int, dsn: str | None, as_json: bool) -> None:
    """Say how good the model in FILE is on what people decided after all it has learnt."""
    model = load(file)
    after = [one for one in _decided(dsn, days) if one.at > model.until]
    found = evaluated(model, after)
    options.answer(_values(found), _line(found), as_json=as_json)


def _decided(dsn: str | None, days: int) -> list[Decided]:
    with options.database(dsn) as connection:
        return list(decisions(connection, days=days))


def _values(found: Evaluation) -> dict[str, object]:
    return {**found.model_dump(), "precision": found.precision, "recall": found.recall}


def _line(found: Evaluation) -> str:
    return (
        f"on {found.decided} decisions that it has not learnt from, {found.approved} of them a"
        f" yes: calibration error {found.error:.3f} ({found.error_by_chance:.3f} by chance),"
        f" Brier {found.brier:.3f}; below {found.review_below} are {found.reviewed}, of which"
        f" people refused {found.precision:.0%}: {found.recall:.0%} of all that they refused"
    )
