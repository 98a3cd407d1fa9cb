"""Evaluate the findings on held-out mail: `python -m tests.evaluation [--write]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.evaluation.corpus import mails
from tests.evaluation.measuring import closely, falsely_held, per_kind, reworded
from tests.evaluation.page import PICTURE, Evaluation, picture, written

DOCS = Path(__file__).parents[2] / "docs"


def evaluated() -> Evaluation:
    """All figures.  Raises `OSError` where npm has not what they need."""
    held_out = [one for one in mails() if one.held_out]
    ham = [one.mail for one in held_out if not one.spam]
    spam = [one.mail for one in held_out if one.spam]
    easy = [one.mail for one in held_out if not one.spam and not one.hard]
    return Evaluation(
        found=per_kind(ham, spam),
        reworded=reworded(easy),
        held=falsely_held(easy),
        ham_closely=closely(ham),
        spam_closely=closely(spam),
    )


def main() -> None:
    """Tell it, or write it into the docs."""
    evaluation = evaluated()
    if "--write" in sys.argv[1:]:
        (DOCS / "EVALUATION.md").write_text(written(evaluation), encoding="utf-8")
        (DOCS / PICTURE).write_text(picture(evaluation), encoding="utf-8")
    else:
        sys.stdout.write(written(evaluation))


if __name__ == "__main__":
    main()
