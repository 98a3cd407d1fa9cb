"""From which confidence on people say no to no more than so many: a threshold for a policy.

Tried from the highest confidence down, and ended by the first that is not surely good: so all
tries together are wrong by no more than the one chance that each is given.  (Of several tries
of which the best is taken, one is good by chance: thresholds found so promise too much.)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from outbox.calibration.bounds import at_most, fewest, surely
from outbox.calibration.curve import Counted, Curve

TARGETS = (0.01, 0.05, 0.1)
"""Shares of a no that a page tells a threshold for."""


class Why(StrEnum):
    """What became of the search."""

    FOUND = "found"
    TOO_FEW = "too few"
    """People have decided on too few for anything to be sure."""
    NONE = "none"
    """Even where it is surest, people say no too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Where to send what is below it to review, for a share of a no among the others."""

    target: float
    why: Why
    fewest: int
    """How many decisions it takes at least."""
    review_below: float | None = None
    """None unless it was found."""
    decided: int = 0
    """How many decisions there are from it on; of all, if there is none."""
    refused: int = 0
    """Of these."""
    at_most: float | None = None
    """No larger share of a no is behind these numbers, 95 % sure."""


def threshold(curve: Curve, target: float) -> Threshold:
    """The lowest that keeps `target`: a share from 0 to 1, both excluded."""
    least = fewest(target)
    if curve.decided < least:
        return Threshold(target=target, why=Why.TOO_FEW, fewest=least, decided=curve.decided)
    found: Counted | None = None
    decided = refused = 0
    for one in reversed(curve.counted):
        decided, refused = decided + one.decided, refused + one.decided - one.approved
        if decided < least:
            continue
        if not surely(refused, decided, target):
            break
        found = one
    return _from(curve, found, target, least)


def _from(curve: Curve, found: Counted | None, target: float, least: int) -> Threshold:
    if found is None:
        return Threshold(target=target, why=Why.NONE, fewest=least, decided=curve.decided)
    above = [one for one in curve.counted if one.hundredth >= found.hundredth]
    decided = sum(one.decided for one in above)
    refused = decided - sum(one.approved for one in above)
    return Threshold(
        target=target,
        why=Why.FOUND,
        fewest=least,
        review_below=found.hundredth / 100,
        decided=decided,
        refused=refused,
        at_most=at_most(refused, decided),
    )
