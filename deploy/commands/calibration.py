"""The command that says what confidences are worth, by what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from deploy.commands import options
from outbox import queries
from outbox.calibration.drift import DAYS
from outbox.calibration.reading import OfAChannel, Told, channels
from outbox.calibration.thresholds import TARGETS, Threshold, Why, threshold

_MOST_DAYS = 3660


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    default=DAYS,
    show_default=True,
    help="How far back to look.",
)
@click.option(
    "--target",
    "targets",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    multiple=True,
    metavar="SHARE",
    help="What share of a no is borne, as 0.05; again for several.  [default: 0.01 0.05 0.1]",
)
@options.dsn
@options.as_json
def calibration_command(
    days: int, targets: tuple[float, ...], dsn: str | None, as_json: bool
) -> None:
    """Say how many people approve where scores are so sure, and which threshold follows."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = channels(connection, days=days)
    asked = targets or TARGETS
    told = [_values(one, asked) for one in found]
    lines = [line for one in found for line in _lines(one, asked)]
    said = "\n".join(lines) or f"nobody has decided in the last {days} days"
    options.answer(told, said, as_json=as_json)


def _values(one: OfAChannel, targets: tuple[float, ...]) -> dict[str, object]:
    return {
        "channel": one.channel,
        "drift": one.drift,
        "together": _numbers(one.together),
        "scorers": [_numbers(scorer) for scorer in one.scorers],
        "thresholds": [asdict(each) for each in _thresholds(one, targets)],
    }


def _numbers(told: Told) -> dict[str, object]:
    curve = told.curve
    return {
        **({"scorer": told.scorer, "version": told.version} if told.scorer else {}),
        **{"decided": curve.decided, "approved": curve.approved},
        **{"error": curve.error, "error_by_chance": curve.error_by_chance},
        **{"brier": curve.brier, "held": told.held, "held_approved": told.held_approved},
        "tenths": [{**asdict(tenth), "bounds": tenth.bounds} for tenth in curve.tenths],
    }


def _lines(one: OfAChannel, targets: tuple[float, ...]) -> Iterator[str]:
    yield f"{one.channel}:"
    yield f"  all together       {_line(one.together)}"
    for scorer in one.scorers:
        yield f"  {f'{scorer.scorer} {scorer.version}':<18} {_line(scorer)}"
    if one.drift is not None:
        yield f"  drift: {one.drift:+.1f} standard errors in the last 7 days"
    for tenth in one.together.curve.tenths:
        low, high = tenth.bounds
        yield (
            f"  {tenth.floor:.1f} and more: {tenth.approved} of {tenth.decided} approved,"
            f" {tenth.share:.0%} ({low:.0%} to {high:.0%})"
        )
    for each in _thresholds(one, targets):
        yield f"  for {each.target:.0%} of a no: {_found(each)}"


def _thresholds(one: OfAChannel, targets: tuple[float, ...]) -> list[Threshold]:
    return [threshold(one.together.curve, target) for target in targets]


def _line(told: Told) -> str:
    curve = told.curve
    held = f", {told.held_approved} of {told.held} held" if told.held else ""
    if curve.error is None or curve.brier is None or curve.error_by_chance is None:
        return f"approved{held}"
    return (
        f"{curve.approved} of {curve.decided} approved{held},"
        f" error {curve.error:.3f} ({curve.error_by_chance:.3f} by chance),"
        f" Brier {curve.brier:.3f}"
    )


def _found(one: Threshold) -> str:
    match one.why:
        case Why.FOUND:
            return (
                f"review_below {one.review_below} (above it {one.refused} of {one.decided}"
                f" were a no: at most {one.at_most:.1%}, 95 % sure)"
            )
        case Why.TOO_FEW:
            return f"too few decisions: {one.decided}, and it takes {one.fewest}"
        case Why.NONE:
            return "no threshold: people say no too often even where scores are surest"
