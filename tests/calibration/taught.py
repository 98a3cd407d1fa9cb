"""Mails on which people decide as if they knew two kinds: bills, and promises."""

from __future__ import annotations

import datetime as dt
from random import Random

from consumers.scorers.learned.decisions import Decided

BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_COMMON = "please find below what we have agreed on with the team for this month and thank you"
_KINDS = {
    True: "invoice order delivery appointment minutes parcel payment due street reference",
    False: "winner bonus guaranteed casino urgent offer click prize millions free",
}


def text(random: Random, *, good: bool, clarity: float = 0.75) -> str:
    """Most of what distinguishes it is of its kind, some of the other."""
    own = [random.choice(_KINDS[good is (random.random() < clarity)].split()) for _ in range(4)]
    words = [*own, *random.sample(_COMMON.split(), 8)]
    random.shuffle(words)
    return " ".join(words)


def taught(number: int, *, seed: int = 1) -> list[Decided]:
    """So many, one a minute; every third is refused."""
    random = Random(seed)
    return [
        Decided(BEGAN + dt.timedelta(minutes=at), at % 3 > 0, text(random, good=at % 3 > 0))
        for at in range(number)
    ]
