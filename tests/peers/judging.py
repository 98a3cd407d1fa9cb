"""What a round proves, from two counts: what the mail server got, what the product says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the product itself says of the mails, by their keys, once it is at rest."""

    done: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    """It says that it does not know, or has given up; a person has to look."""
    open: frozenset[str] = frozenset()
    """Still to be sent, by its own account; nothing moves any more, though."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One kill, and what was found after it."""

    handed_in: Sequence[str]
    accepted: Sequence[str]
    """The key of every mail the server took over, copies included."""
    struck: str | None
    """The mail in whose middle the worker was killed; None: it was not, the round is void."""
    books: Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What some rounds add up to."""

    kills: int
    void: int
    """Rounds without a kill, which prove nothing."""
    mails: int
    arrived: int
    """Mails of which the server has at least one copy."""
    duplicates: int
    """Copies beyond the first."""
    worst: int
    """The most duplicates of one kill."""
    lost: int
    """Mails that never arrived and that no list of the product shows as unsent or unknown."""
    shown: int
    """Kills after which the product shows the struck mail as unknown."""
    asked: int
    """Mails that a person has to look at, over all rounds."""
    idle: int
    """Mails that never arrived, still open, and nothing moves."""


def judged(rounds: Iterable[Round]) -> Verdict:
    """Add them up; a void round counts for nothing else."""
    all_rounds = list(rounds)
    valid = [one for one in all_rounds if one.struck is not None]
    doubles = [duplicates(one) for one in valid]
    return Verdict(
        kills=len(valid),
        void=len(all_rounds) - len(valid),
        mails=sum(len(one.handed_in) for one in valid),
        arrived=sum(len(set(one.accepted)) for one in valid),
        duplicates=sum(doubles),
        worst=max(doubles, default=0),
        lost=sum(len(missing(one) - one.books.unknown - one.books.open) for one in valid),
        shown=sum(one.struck in one.books.unknown for one in valid),
        asked=sum(len(one.books.unknown) for one in valid),
        idle=sum(len(missing(one) & one.books.open) for one in valid),
    )


def duplicates(one: Round) -> int:
    return sum(copies - 1 for copies in Counter(one.accepted).values())


def missing(one: Round) -> frozenset[str]:
    """What was handed in and never arrived."""
    return frozenset(one.handed_in) - frozenset(one.accepted)
