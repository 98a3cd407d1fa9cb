"""Whether people decide today as they did before, where the confidence is the same.

A scorer that meets other mail, people who look otherwise, an agent that has learnt to please:
whatever it is, a threshold that was found before is worth less now.
"""

from __future__ import annotations

from math import sqrt

from outbox.calibration.curve import Curve

RECENT_DAYS = 7
"""How long today lasts."""
DAYS = 90
"""How far back one looks."""
_FEWEST_BEFORE = 20
"""Decisions in a tenth of the scale, to know what is usual there."""
_FEWEST_NOW = 30


def drift(before: Curve, now: Curve) -> float | None:
    """By how many standard errors more (or, below 0, fewer) are approved than before.

    None if too few decisions can be compared.
    """
    usual = {one.floor: one for one in before.tenths if one.decided >= _FEWEST_BEFORE}
    compared = [(one, usual[one.floor]) for one in now.tenths if one.floor in usual]
    if sum(one.decided for one, _ in compared) < _FEWEST_NOW:
        return None
    more = variance = 0.0
    for one, then in compared:
        share = (then.approved + 1) / (then.decided + 2)  # never surely all, never surely none
        more += one.approved - one.decided * share
        variance += one.decided * share * (1 - share) * (1 + one.decided / then.decided)
    return more / sqrt(variance)
