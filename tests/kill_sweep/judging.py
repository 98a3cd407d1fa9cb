"""What became of the kills, compared with what the mail server took over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from deploy.local.sink import SmtpEndpoint
from outbox.lifecycle import State
from tests.chaos.checker import intent_of
from tests.kill_sweep.tracing import Call


@dataclass(frozen=True, slots=True)
class Point:
    """One kill, and what came of it."""

    call: Call
    intent: int
    permitted: bool
    """Whether the permit was recorded when the sender died."""
    state: State
    """In the end, after a sweep and a second sender's look."""


class Mail(Protocol):
    @property
    def message_id(self) -> str: ...


class MailServer(Protocol):
    """The other side of every send, which is believed."""

    @property
    def endpoint(self) -> SmtpEndpoint: ...

    def accepted(self) -> Sequence[Mail]:
        """Every mail it ever took over, once it has nothing more to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a sweep found; the last three are faults."""

    points: int
    before_permit: int
    after_permit: int
    sent: int
    stranded: int
    stranded_arrived: int
    """Stranded, and the mail is there: what a person would find out."""
    duplicates: int
    early_strands: int
    """Killed before the permit, and not sent exactly once by another."""
    unexplained: int
    """Killed after the permit, and neither sent with its mail nor stranded."""

    @property
    def clean(self) -> bool:
        return not any((self.duplicates, self.early_strands, self.unexplained))


def judged(points: Sequence[Point], server: MailServer) -> Figures:
    """Compare with what the mail server counted."""
    mails = Counter(intent_of(mail.message_id) for mail in server.accepted())
    early = [point for point in points if not point.permitted]
    late = [point for point in points if point.permitted]
    return Figures(
        points=len(points),
        before_permit=len(early),
        after_permit=len(late),
        sent=sum(point.state is State.SENT for point in points),
        stranded=sum(point.state is State.STRANDED for point in points),
        stranded_arrived=sum(
            point.state is State.STRANDED and mails[point.intent] > 0 for point in points
        ),
        duplicates=sum(count - 1 for count in mails.values()),
        early_strands=sum(
            (point.state, mails[point.intent]) != (State.SENT, 1) for point in early
        ),
        unexplained=sum(
            point.state is not State.STRANDED
            and (point.state, mails[point.intent]) != (State.SENT, 1)
            for point in late
        ),
    )


def total(found: Iterable[Figures]) -> Figures:
    """All sweeps together."""
    every = list(found)
    names = [field.name for field in fields(Figures)]
    return Figures(**{name: sum(getattr(one, name) for one in every) for name in names})
