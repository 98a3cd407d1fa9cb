"""What a scorer is: it says how much scrutiny an artifact needs, and never says yes.

A scorer is code that reads: it changes nothing, and nothing it answers can send, approve
or lose an intent.  At worst, a person looks closely.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from outbox.addresses import domain_of
from outbox.claim import Claim
from outbox.intent import Artifact
from outbox.results import Score


@dataclass(frozen=True, slots=True)
class Sent:
    """What has left."""

    intent: int
    recipients: frozenset[str]
    """In lower case."""
    text: str
    """The beginning of what its reader saw."""


@dataclass(frozen=True, slots=True)
class History:
    """The last mails that have left, whoever proposed them, and when this one was written."""

    sent: tuple[Sent, ...] = ()
    written_at: dt.datetime | None = None
    """When what is judged was proposed or edited; None: nobody knows."""
    not_after: dt.datetime | None = None
    """When what is judged must have left; None: at any time."""

    @property
    def domains(self) -> frozenset[str]:
        """The domains already written to."""
        return frozenset(domain_of(one) for mail in self.sent for one in mail.recipients)


class Scorer(Protocol):
    """Judges one artifact by itself and by what was sent before: docs/SCORING.md."""

    @property
    def name(self) -> str:
        """That of its entry point; it stands in every score, beside the version."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever a score could."""
        ...

    def score(self, artifact: Artifact, history: History) -> Score:
        """A confidence from 0 to 1 with its reasons, which name no secret and no address."""
        ...


class Panel(Protocol):
    """Asks every scorer that judges."""

    def judge(self, claim: Claim, history: History, until: float) -> tuple[Score, ...]:
        """One score of each, no later than `until`, on the clock of `time.monotonic`.

        Whoever fails, or says nothing in time, gives a 0 that holds.
        """
        ...
