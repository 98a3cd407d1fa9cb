"""The reliability of one scorer: where it says so much, how many were approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import pi, sqrt

from outbox.calibration.bounds import at_least, at_most

TENTHS = 10
_BOTH_SIDES = 0.975
"""Of each bound of an interval that is 95 % sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What people decided where the confidence was so many hundredths."""

    hundredth: int
    """0 to 100; 100 is exactly 1."""
    decided: int
    approved: int
    """As it was: nobody had changed it."""
    confidences: float
    """Their sum."""
    squares: float
    """The sum of their squared differences from what was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """All whose confidence is in one tenth of the scale."""

    floor: float
    decided: int
    approved: int
    confidence: float
    """On average."""

    @property
    def share(self) -> float:
        """How many of them were approved: 0 to 1."""
        return self.approved / self.decided

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which the share is that is behind it, 95 % sure."""
        return (
            at_least(self.approved, self.decided, sure=_BOTH_SIDES),
            at_most(self.approved, self.decided, sure=_BOTH_SIDES),
        )


@dataclass(frozen=True)
class Curve:
    """A scorer's, of one channel, from what was decided in a time."""

    counted: tuple[Counted, ...]
    """The lowest first, and none that is empty."""

    @cached_property
    def decided(self) -> int:
        """How many versions people have decided on."""
        return sum(one.decided for one in self.counted)

    @property
    def approved(self) -> int:
        """How many of them as they were."""
        return sum(one.approved for one in self.counted)

    @cached_property
    def tenths(self) -> tuple[Tenth, ...]:
        """Those in which somebody has decided, the lowest first."""
        parts = groupby(self.counted, lambda one: min(one.hundredth // 10, TENTHS - 1))
        return tuple(_summed(tenth, tuple(part)) for tenth, part in parts)

    @property
    def error(self) -> float | None:
        """The expected calibration error: how far confidence and share are apart, 0 to 1."""
        return self._mean(abs(one.share - one.confidence) for one in self.tenths)

    @property
    def error_by_chance(self) -> float | None:
        """That of a scorer without any fault, of whom so few decisions were seen."""
        return self._mean(
            sqrt(2 * one.confidence * (1 - one.confidence) / (pi * one.decided))
            for one in self.tenths
        )

    @property
    def brier(self) -> float | None:
        """The mean squared difference from what was decided: 0 to 1, the less the better."""
        squares = sum(one.squares for one in self.counted)
        return squares / self.decided if self.decided else None

    def _mean(self, each: Iterable[float]) -> float | None:
        weighed = (one * part.decided for one, part in zip(each, self.tenths, strict=True))
        return sum(weighed) / self.decided if self.decided else None


def curve(counted: Iterable[Counted]) -> Curve:
    """Of these, in any order, those of one hundredth together; what was taken back altogether
    is left out."""
    each = groupby(sorted(counted, key=lambda one: one.hundredth), lambda one: one.hundredth)
    whole = (_together(hundredth, [*part]) for hundredth, part in each)
    return Curve(tuple(one for one in whole if one.decided > 0))


def judged(said: Iterable[tuple[float, bool]]) -> Curve:
    """Of single confidences and whether that was approved."""
    return curve(
        Counted(
            hundredth=int(100 * confidence + 1e-9),
            decided=1,
            approved=yes,
            confidences=confidence,
            squares=(confidence - yes) ** 2,
        )
        for confidence, yes in said
    )


def _together(hundredth: int, part: list[Counted]) -> Counted:
    return Counted(
        hundredth=hundredth,
        decided=sum(one.decided for one in part),
        approved=sum(one.approved for one in part),
        confidences=sum(one.confidences for one in part),
        squares=sum(one.squares for one in part),
    )


def _summed(tenth: int, part: tuple[Counted, ...]) -> Tenth:
    decided = sum(one.decided for one in part)
    return Tenth(
        floor=tenth / TENTHS,
        decided=decided,
        approved=sum(one.approved for one in part),
        confidence=min(max(sum(one.confidences for one in part) / decided, 0.0), 1.0),
    )
