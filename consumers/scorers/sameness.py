"""How alike two texts are: in their words as they stand, and in what they say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from consumers.scorers.reading import unquoted

COMPARED = 20_000
"""Characters: of a longer text only the beginning is compared."""
LIKE = 0.8
"""How much of two texts must be the same to call them the same mail."""
SAME = 0.55
"""The same of what they say; docs/EVALUATION.md has what it was chosen by."""

_WORD = re.compile(r"\w+")
_SPOKEN = re.compile(r"[^\W\d_]{3,40}")
_FIGURE = re.compile(r"\d(?:[\d.,:/-]{0,30}\d)?")
_STEM = 5
_LEAST = 8
"""Words: less is no text that could be put in other words."""
_USUAL = """
    the and for with from that this are was were you your our have has had not but all any
    can will would could should may might shall its it's their there here then than them they
    his her him she who whom which what when where why how been being about into onto over
    also just only very much more most some such each other another one two out off own too
    dear hello hey regards best kind sincerely thanks thank yours team greetings please
    der die das und ist sind mit von den dem des ein eine einen einem einer nicht auch auf
    les des est une pour dans que qui avec sur vous nous votre
"""
_LITTLE = frozenset(_USUAL.split())


def likeness(one: str, other: str) -> float:
    """0 for nothing in common to 1 for the same words in the same order (Jaccard)."""
    ours, theirs = _runs(one[:COMPARED]), _runs(other[:COMPARED])
    either = len(ours | theirs)
    return len(ours & theirs) / either if either else 0.0


def sameness(one: str, other: str) -> float:
    """0 to 1: how much of what one says the other says, too, in any order (Dice).

    Other figures (amounts, dates, numbers of invoices) make it another mail, in the same words.
    """
    ours, theirs = _said(one[:COMPARED]), _said(other[:COMPARED])
    if min(len(ours.words), len(theirs.words)) < _LEAST:
        return 0.0
    figures = len(ours.figures | theirs.figures)
    if figures and len(ours.figures & theirs.figures) / figures < 0.5:
        return 0.0
    return 2 * len(ours.words & theirs.words) / (len(ours.words) + len(theirs.words))


class _Said(NamedTuple):
    words: frozenset[str]
    """Their beginnings: what is left when endings change."""
    figures: frozenset[str]


@lru_cache(maxsize=1024)
def _said(text: str) -> _Said:
    own = unquoted(text)
    words = (word for word in _SPOKEN.findall(own.lower()) if word not in _LITTLE)
    figures = (re.sub(r"\D", "", found) for found in _FIGURE.findall(own))
    return _Said(
        frozenset(word[:_STEM] for word in words),
        frozenset(figure for figure in figures if len(figure) > 1),
    )


@lru_cache(maxsize=1024)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every three words that follow each other; a shorter text is one run."""
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return frozenset({tuple(words)} - {()})
    return frozenset(zip(words, words[1:], words[2:], strict=False))
