"""How far a share may be off that was counted: exact bounds after Clopper and Pearson.

They need nothing but the standard library: a console and a gauge have no scipy.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

SURE = 0.95
"""How sure a bound is."""
_STEPS = 32
_MOST_TERMS = 10_000


def at_most(found: int, of: int, *, sure: float = SURE) -> float:
    """No larger a share is behind `found` of `of`, unless by a chance of 1 - `sure`."""
    return _where(lambda share: surely(found, of, share, sure=sure))


def surely(found: int, of: int, share: float, *, sure: float = SURE) -> bool:
    """Whether no larger a share than this one is behind `found` of `of`."""
    return share >= 1 or (found < of and below(share, found + 1, of - found) >= sure)


def at_least(found: int, of: int, *, sure: float = SURE) -> float:
    """No smaller a share, likewise."""
    return 1 - at_most(of - found, of, sure=sure)


def fewest(target: float, *, sure: float = SURE) -> int:
    """How many there must be, without any found, for a share of at most `target` to be sure."""
    number = int(log1p(-sure) / log1p(-target))
    return number if number and surely(0, number, target, sure=sure) else number + 1


def below(share: float, a: float, b: float) -> float:
    """The regularised incomplete beta function: how much of Beta(a, b) is below `share`."""
    if not 0 < share < 1:
        return 0.0 if share <= 0 else 1.0
    if share > (a + 1) / (a + b + 2):  # where the fraction converges slowly
        return 1 - below(1 - share, b, a)
    scale = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(share) + b * log1p(-share)
    return exp(scale) * _fraction(share, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's way through the continued fraction (DLMF 8.17.22)."""
    tiny = 1e-300
    d = 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    c, value = 1.0, d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1 / ((1 + term * d) or tiny), (1 + term / c) or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return value


def _where(is_above: Callable[[float], bool]) -> float:
    """The least share from 0 to 1 of which that is true."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_above(middle) else (middle, high)
    return high
