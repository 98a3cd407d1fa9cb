"""How good a model is that learns from decisions: `python -m tests.evaluation.learned`.

The labels of a public corpus stand in for people: who collected it calls a mail spam where a
person would have said no.  Trained on two thirds, evaluated on the third that is held out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from consumers.scorers.learned.decisions import Decided
from consumers.scorers.learned.model import Evaluation, Model
from consumers.scorers.learned.training import evaluated, learnt_from
from consumers.scorers.learned.words import LONGEST
from consumers.scorers.reading import read
from deploy.readme import with_block
from outbox.calibration.curve import Curve, judged
from outbox.calibration.thresholds import TARGETS, Threshold, Why, threshold
from tests import reliability
from tests.evaluation.corpus import PACKAGE, Real, mails
from tests.evaluation.drawing import drawn

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "CALIBRATION.md"
PICTURE = HOUSE / "docs" / "images" / "calibration.svg"
_DAY = dt.datetime(2003, 1, 1, tzinfo=dt.UTC)
"""No decision of the corpus has a time: all are of this one."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.evaluation.learned")
    arguments.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    given = arguments.parse_args()
    real = list(mails())
    learnt = [decided(one) for one in real if not one.held_out]
    held_out = [decided(one) for one in real if one.held_out]
    hard = [decided(one) for one in real if one.held_out and (one.hard or one.spam)]
    model = learnt_from(learnt)
    said = [(model.judge(one.text)[0], one.approved) for one in held_out]
    told = dict(figures(model, evaluated(model, held_out), judged(said)))
    told["of hard ham and spam alone, error"] = f"{evaluated(model, hard).error:.3f}"
    told |= promised(model, learnt, held_out)
    sys.stdout.write("".join(f"{value!s:>40}  {name}\n" for name, value in told.items()))
    if given.write:
        PICTURE.write_text(drawn(judged(said)), "utf-8")
        page = PAGE.read_text("utf-8")
        PAGE.write_text(with_block(page, "learned", reliability.table(told.items())), "utf-8")


def decided(one: Real) -> Decided:
    """As if a person had said yes to ham and no to spam."""
    return Decided(_DAY, not one.spam, read(one.mail).seen[:LONGEST])


def figures(model: Model, found: Evaluation, curve: Curve) -> Iterator[tuple[str, str]]:
    yield "corpus", f"`{PACKAGE}`"
    yield "command", "`make evaluation WRITE=1`"
    yield "learnt from", f"{model.learnt} mails, {len(model.words)} words"
    yield "held out", f"{found.decided} mails, {found.approved} of them ham"
    yield (
        "expected calibration error",
        f"{found.error:.3f} ({found.error_by_chance:.3f} by chance)",
    )
    yield "Brier", f"{found.brier:.3f}"
    yield f"below {found.review_below}", f"{found.reviewed}, {found.refused} of them spam"
    yield "precision, recall", f"{found.precision:.3f}, {found.recall:.3f}"
    for tenth in curve.tenths:
        low, high = tenth.bounds
        yield (
            f"from {tenth.floor}",
            f"{tenth.approved} of {tenth.decided} are ham: {tenth.share:.3f}"
            f" ({low:.3f} to {high:.3f}) at {tenth.confidence:.3f}",
        )


def promised(model: Model, learnt: list[Decided], held_out: list[Decided]) -> dict[str, str]:
    """What each threshold promises by one half of what was held out, and keeps in the other."""
    halves = held_out[::2], held_out[1::2]
    first, second = (
        [(model.judge(one.text)[0], one.approved) for one in half] for half in halves
    )
    return {
        f"threshold for {target:.0%} of a no": _kept(threshold(judged(first), target), second)
        for target in TARGETS
    }


def _kept(found: Threshold, said: list[tuple[float, bool]]) -> str:
    if found.why is not Why.FOUND or found.review_below is None:
        return str(found.why)
    above = [yes for share, yes in said if share >= found.review_below]
    refused = len(above) - sum(above)
    share = refused / len(above)
    return f"{found.review_below}; in the other half {refused} of {len(above)}: {share:.2%}"


if __name__ == "__main__":
    main()
