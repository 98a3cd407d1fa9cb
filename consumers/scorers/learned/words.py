"""What a model sees of a text: its words, and every two that follow each other.

Numbers, addresses, links and tokens are no words: no model can keep one.
"""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 50_000
"""Characters: of a longer text only the beginning is read."""
_LONGEST_WORD = 20

_NO_WORDS = re.compile(r"[\d@/\\=_]")
_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """All of them, as often as they stand there."""
    runs = (run for run in text[:LONGEST].lower().split() if not _NO_WORDS.search(run))
    found = [
        word for run in runs for word in _WORD.findall(run) if 1 < len(word) <= _LONGEST_WORD
    ]
    return [*found, *(" ".join(two) for two in pairwise(found))]
