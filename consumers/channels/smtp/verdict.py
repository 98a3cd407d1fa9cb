"""What each event means in each phase: the outcome table, as data.

The phase reached decides, never the type of an exception.  Read the table for what it
lacks: before the dot nothing is `Uncertain`, and from the dot on nothing is `Deferred`.
Only an attempt that nothing stopped is `Delivered`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from consumers.channels import Deferred, Halted, Refused, Uncertain
from consumers.channels.line import Stopped
from consumers.channels.smtp.events import Event, Phase
from consumers.channels.smtp.wire import Reply

Verdict = type[Refused | Deferred | Halted | Uncertain]

_REVERSIBLE: Mapping[Event, Verdict] = {
    Event.PERMANENT: Refused,
    Event.TRANSIENT: Deferred,
    Event.ELSEWHERE: Deferred,
    Event.ODD: Deferred,
    Event.NO_ANSWER: Deferred,
    Event.DISTRUST: Halted,
}
_TRUST: Mapping[Event, Verdict] = {
    **_REVERSIBLE,
    Event.PERMANENT: Halted,
    Event.ODD: Halted,
}

VERDICTS: Mapping[Phase, Mapping[Event, Verdict]] = MappingProxyType(
    {
        **dict.fromkeys(Phase, _REVERSIBLE),
        Phase.STARTTLS: _TRUST,
        Phase.AUTH: _TRUST,
        Phase.DOT: {Event.NO_ANSWER: Uncertain},
        Phase.REPLY: {
            Event.PERMANENT: Refused,
            Event.TRANSIENT: Refused,  # definite, and there is no way back from releasing
            Event.ELSEWHERE: Uncertain,  # stricter than RFC 5321
            Event.ODD: Uncertain,
            Event.NO_ANSWER: Uncertain,
        },
    }
)


def event_of(reply: Reply, wanted: Container[int]) -> Event:
    """What this answer is to a phase that wanted one of these codes."""
    if reply.code in wanted:
        return Event.ACCEPTED
    if reply.code == 421 or any(_is_elsewhere(code) for code in reply.enhanced):
        return Event.ELSEWHERE
    return {4: Event.TRANSIENT, 5: Event.PERMANENT}.get(reply.code // 100, Event.ODD)


def expect(reply: Reply, wanted: Container[int]) -> Reply:
    """The reply, if it has a wanted code; else `Stopped`."""
    event = event_of(reply, wanted)
    if event is not Event.ACCEPTED:
        raise Stopped(event, reply.text)
    return reply


def _is_elsewhere(enhanced: str) -> bool:
    return enhanced == "4.3.2" or enhanced.startswith("4.4.")
