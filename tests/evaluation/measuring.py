"""What the findings find, and what they find that is not there."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consumers.scorers import History, Sent
from consumers.scorers.kinds import Kind
from consumers.scorers.reading import read
from consumers.scorers.rules import Rules
from consumers.scorers.sameness import COMPARED, LIKE, likeness
from consumers.scorers.smuggling import Smuggling
from outbox.intent import Email
from tests.evaluation.faults import FAULTS
from tests.evaluation.paraphrasing import paraphrased

SCORERS = (Rules(), Smuggling())
MOST = 400
"""Mails into which a fault is put; all are looked at as they are."""
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Of the words with a synonym, how many are replaced."""
_LATEST = 500
_REVIEW_BELOW = 0.7
_SHORTEST = 20
"""Words of a mail of its own that is put in other words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Of one kind."""

    kind: Kind
    put: int
    """Mails into which the fault was put."""
    noticed: int
    alarms: int
    """Ham as it is in which it is found, too: some of it rightly."""
    ham: int
    in_spam: int
    spam: int

    @property
    def recall(self) -> float:
        return self.noticed / self.put

    @property
    def precision(self) -> float:
        """If every second mail had the fault."""
        false = self.alarms / self.ham
        return self.recall / (self.recall + false) if self.recall else 0.0


def kinds_in(mail: Email, history: History) -> frozenset[str]:
    """What the scorers find in it."""
    return frozenset(kind for scorer in SCORERS for kind in scorer.score(mail, history).kinds)


def familiar(mail: Email) -> History:
    """Everybody that it is for was written to before, about something else."""
    return History((Sent(1, frozenset(one.lower() for one in mail.recipients), ""),))


def per_kind(ham: Sequence[Email], spam: Sequence[Email]) -> list[Found]:
    """Each fault in so many ham that have it not already."""
    as_it_is = [kinds_in(mail, familiar(mail)) for mail in ham]
    alarms = Counter(kind for kinds in as_it_is for kind in kinds)
    in_spam = Counter(kind for mail in spam for kind in kinds_in(mail, familiar(mail)))
    found = []
    for kind, fault in FAULTS.items():
        dice = random.Random(kind.value)
        pairs = zip(ham, as_it_is, strict=True)
        without = [mail for mail, kinds in pairs if kind not in kinds]
        without = dice.sample(without, min(MOST, len(without)))
        noticed = sum(kind in kinds_in(fault(mail, dice), familiar(mail)) for mail in without)
        counts = (alarms[kind], len(ham), in_spam[kind], len(spam))
        found.append(Found(kind, len(without), noticed, *counts))
    return found


def reworded(ham: Iterable[Email]) -> dict[float, tuple[int, int]]:
    """By the share of words replaced: how many mails, and how many are held."""
    told: dict[float, tuple[int, int]] = {}
    long = [mail for mail in ham if len(read(mail).own.split()) >= _SHORTEST]
    for share in SHARES:
        held = sum(
            _is_held(paraphrased(mail, share, random.Random(n)), History((_sent(n, mail),)))
            for n, mail in enumerate(long)
        )
        told[share] = len(long), held
    return told


def closely(mails: Sequence[Email]) -> float:
    """The share of them at which a person looks closely, by the usual threshold."""
    least = (
        min(one.score(mail, familiar(mail)).confidence for one in SCORERS) for mail in mails
    )
    return sum(one < _REVIEW_BELOW for one in least) / len(mails)


@dataclass(frozen=True, slots=True)
class Held:
    """Of mails that nobody repeated by intention, in their order, each after all before it."""

    mails: int
    again: int
    """Held, and the same nearly word for word as one before."""
    others: int
    """Held, and not: these are the false holds, whatever they have in common."""
    most: int
    """Mails that one recipient had before."""


def falsely_held(mails: Iterable[Email]) -> Held:
    """Each against the latest 500 that the same recipients have got."""
    before: dict[str, list[Sent]] = defaultdict(list)
    again = others = count = 0
    for count, mail in enumerate(mails, 1):
        to = {one.lower() for one in mail.recipients}
        sent = {one.intent: one for address in to for one in before[address][-_LATEST:]}
        if _is_held(mail, History(tuple(sent.values()))):
            seen = read(mail).seen
            same = any(likeness(seen, one.text) >= LIKE for one in sent.values())
            again, others = again + same, others + (not same)
        for address in to:
            before[address].append(_sent(count, mail))
    return Held(count, again, others, max(map(len, before.values()), default=0))


def _sent(intent: int, mail: Email) -> Sent:
    to = frozenset(one.lower() for one in mail.recipients)
    return Sent(intent, to, read(mail).seen[:COMPARED])


def _is_held(mail: Email, history: History) -> bool:
    score = Rules().score(mail, history)
    return score.holds and Kind.NEAR_DUPLICATE.value in score.kinds
