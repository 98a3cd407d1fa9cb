"""Decisions drawn at random, of scorers whose worth is known."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from outbox.calibration.curve import Curve, judged

Share = Callable[[float], float]


def honest(confidence: float) -> float:
    """A scorer of whom as many are approved as it says."""
    return confidence


def boastful(confidence: float) -> float:
    """One that says more than it should."""
    return confidence**2


def drawn(random: Random, number: int, share: Share = honest, *, skill: float = 0.5) -> Curve:
    """So many decisions; the smaller `skill`, the more confidences are near 1."""
    said = [random.random() ** skill for _ in range(number)]
    return judged((one, random.random() < share(one)) for one in said)
