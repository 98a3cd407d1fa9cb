"""The shortest way from one sequence to another, if it has not too many steps.

Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986): its cost is the length of the
sequences times the number of their differences, and both are bounded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

MOST_ITEMS = 10_000
"""Of both sequences together, without what they begin and end with alike."""
MOST_STEPS = 200


class Span(NamedTuple):
    """From `start` to `stop` in the one, from `begin` to `end` in the other."""

    start: int
    stop: int
    begin: int
    end: int
    same: bool


def spans(one: Sequence[str], other: Sequence[str]) -> list[Span]:
    """Both in whole, in their order; what is too much is one span that is not the same."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    stop, end = len(one) - tail, len(other) - tail
    found = [
        Span(0, head, 0, head, same=True),
        *_between(one[head:stop], other[head:end], head),
        Span(stop, len(one), end, len(other), same=True),
    ]
    return [span for span in found if span.stop > span.start or span.end > span.begin]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items they begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(one: Sequence[str], other: Sequence[str], by: int) -> Iterator[Span]:
    at = there = 0
    for start, begin, size in [*_matches(one, other), (len(one), len(other), 0)]:
        if start > at or begin > there:
            yield Span(at + by, start + by, there + by, begin + by, same=False)
        at, there = start + size, begin + size
        if size:
            yield Span(start + by, at + by, begin + by, there + by, same=True)


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where they are the same, and for how long; nothing, if that takes too many steps."""
    if not one or not other or len(one) + len(other) > MOST_ITEMS:
        return []
    reached = {1: 0}
    history: list[dict[int, int]] = []
    for steps in range(MOST_STEPS + 1):
        history.append(dict(reached))
        for diagonal in range(-steps, steps + 1, 2):
            at = _begun(reached, diagonal, steps)
            while at < len(one) and at - diagonal < len(other):
                if one[at] != other[at - diagonal]:
                    break
                at += 1
            reached[diagonal] = at
            if at >= len(one) and at - diagonal >= len(other):
                return _back(history, len(one), len(other))
    return []


def _is_down(reached: dict[int, int], diagonal: int, steps: int) -> bool:
    """Whether this diagonal is best come to by one item more of the other, not one less."""
    return diagonal == -steps or (
        diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1]
    )


def _begun(reached: dict[int, int], diagonal: int, steps: int) -> int:
    if _is_down(reached, diagonal, steps):
        return reached[diagonal + 1]
    return reached[diagonal - 1] + 1


def _back(history: list[dict[int, int]], at: int, there: int) -> list[tuple[int, int, int]]:
    """The way that was gone, from its end; of it, what is the same in both."""
    matches: list[tuple[int, int, int]] = []
    for steps in range(len(history) - 1, -1, -1):
        reached, diagonal = history[steps], at - there
        begun = _begun(reached, diagonal, steps)
        if at > begun:
            matches.append((begun, begun - diagonal, at - begun))
        down = _is_down(reached, diagonal, steps)
        at = begun if down else begun - 1
        there = at - (diagonal + 1 if down else diagonal - 1)
    return matches[::-1]
