"""Two texts by their lines, and lines that were changed by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from outbox.diffing.shortest import Span, spans

AROUND = 3
"""Lines that are the same, shown before and after one that is not."""
MOST_WORDS = 20_000
"""Looked at in one pair of texts; lines that changed beyond them are shown whole."""
MOST_LINES = 5_000
"""That follow each other and have changed; more of them are shown as if they were one."""
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and whether it is in the other version's line, too."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` is its place, 1 for the first, before if it is gone, else after.

    More than `MOST_LINES` changed ones are one of several lines, with the place of the first.
    """

    mark: Mark
    number: int
    pieces: tuple[Piece, ...]
    """Together they are the line, without the line feed that ends it."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that follow each other; between two hunks both versions are the same."""

    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Comparing:
    one: Sequence[str]
    other: Sequence[str]
    words: int = field(default=MOST_WORDS)
    """How many may be looked at yet."""

    def told(self) -> Iterator[Line | None]:
        """The lines that are shown; None where some are left out, which are the same."""
        found = spans(self.one, self.other)
        for place, span in enumerate(found):
            if span.same:
                first, last = place == 0, place == len(found) - 1
                yield from self._near(span, after=not first, before=not last)
            else:
                yield from self._changed(span)

    def _near(self, span: Span, *, after: bool, before: bool) -> Iterator[Line | None]:
        begun = min(span.end, span.begin + AROUND) if after else span.begin
        rest = max(begun, span.end - AROUND) if before else span.end
        yield from (self._same(at) for at in range(span.begin, begun))
        if rest > begun:
            yield None
        if before:
            yield from (self._same(at) for at in range(rest, span.end))

    def _same(self, at: int) -> Line:
        return Line(Mark.SAME, at + 1, (Piece(self.other[at], changed=False),))

    def _changed(self, span: Span) -> Iterator[Line]:
        gone, new = self.one[span.start : span.stop], self.other[span.begin : span.end]
        if len(gone) + len(new) > MOST_LINES:
            yield Line(Mark.GONE, span.start + 1, _whole("\n".join(gone)))
            yield Line(Mark.NEW, span.begin + 1, _whole("\n".join(new)))
            return
        pairs = [self._by_words(a, b) for a, b in zip(gone, new, strict=False)]
        before = [a for a, _ in pairs] + [_whole(line) for line in gone[len(pairs) :]]
        after = [b for _, b in pairs] + [_whole(line) for line in new[len(pairs) :]]
        for at, pieces in enumerate(before, span.start + 1):
            yield Line(Mark.GONE, at, pieces)
        for at, pieces in enumerate(after, span.begin + 1):
            yield Line(Mark.NEW, at, pieces)

    def _by_words(self, one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        if self.words < 0:
            return _whole(one), _whole(other)
        words, others = _WORD.findall(one), _WORD.findall(other)
        self.words -= len(words) + len(others)
        if self.words < 0:
            return _whole(one), _whole(other)
        found = spans(words, others)
        return (
            _pieces((words[span.start : span.stop], span.same) for span in found),
            _pieces((others[span.begin : span.end], span.same) for span in found),
        )


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """Where the texts differ, with a few lines around; none if they are the same.

    Lines end with a line feed; a carriage return before it is a part of its line.
    """
    if before == after:
        return ()
    told = _Comparing(before.split("\n"), after.split("\n")).told()
    runs = groupby(told, lambda line: line is not None)
    return tuple(Hunk(tuple(line for line in run if line)) for shown, run in runs if shown)


def _whole(line: str) -> tuple[Piece, ...]:
    return (Piece(line, changed=True),)


def _pieces(parts: Iterator[tuple[Sequence[str], bool]]) -> tuple[Piece, ...]:
    return tuple(Piece("".join(words), changed=not same) for words, same in parts if words)
