"""The built-in scorer: simple rules, each of which finds one kind of thing wrong.

    writing.py    how it is written        leaking.py   what should stay in the house
    recipients.py who gets it              carrying.py  its links and its files
    repeating.py  what they have already

It needs nothing but the artifact and what was sent before, and takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from consumers.scorers import History
from consumers.scorers.carrying import internal, locked, missing, shortened
from consumers.scorers.kinds import Found, scored
from consumers.scorers.leaking import listing, personal, secret
from consumers.scorers.reading import Reading, read
from consumers.scorers.recipients import many, mistyped, newcomer, unread
from consumers.scorers.repeating import repeating
from consumers.scorers.writing import (
    bare,
    dated,
    greeting,
    machine,
    twice,
    unfilled,
    unfinished,
)
from outbox.intent import Artifact
from outbox.results import Score

Rule = Callable[[Reading, History], Iterator[Found]]

RULES: tuple[Rule, ...] = (
    *(unfilled, unfinished, greeting, newcomer, mistyped, many, unread),
    *(bare, machine, twice, dated),
    *(secret, personal, listing),
    *(shortened, internal, missing, locked),
    repeating,
)


class Rules:
    """The scorer that needs nothing but the mail and what was sent before."""

    name = "rules"
    version = "2"

    def score(self, artifact: Artifact, history: History) -> Score:
        """Multiply what each finding leaves of the confidence."""
        reading = read(artifact)
        found = [one for rule in RULES for one in rule(reading, history)]
        return scored(found, self.name, self.version)
