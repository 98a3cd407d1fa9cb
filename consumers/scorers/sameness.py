"""How alike two texts are, by the runs of words that they share."""

from __future__ import annotations

import re
from functools import lru_cache

COMPARED = 20_000
"""Characters: of a longer text only the beginning is compared."""

_WORD = re.compile(r"\w+")


def likeness(one: str, other: str) -> float:
    """0 for nothing in common to 1 for the same words in the same order (Jaccard)."""
    ours, theirs = _runs(one[:COMPARED]), _runs(other[:COMPARED])
    either = len(ours | theirs)
    return len(ours & theirs) / either if either else 0.0


@lru_cache(maxsize=1024)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every three words that follow each other; a shorter text is one run."""
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return frozenset({tuple(words)} - {()})
    return frozenset(zip(words, words[1:], words[2:], strict=False))
