"""What each event means in each phase, and each status: the outcome table, as data.

The phase reached decides, never the type of an exception.  Read the tables for what they lack:
before the permit nothing is `Uncertain`, and after it nothing is `Deferred`: no machine tries
again what was permitted once.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from consumers.channels import Deferred, Refused, Uncertain
from consumers.channels.http.events import Event, Phase

Verdict = type[Refused | Deferred | Uncertain]

_REVERSIBLE: Mapping[Event, Verdict] = {
    Event.NO: Refused,
    Event.NO_ANSWER: Deferred,
    Event.DISTRUST: Deferred,
}

VERDICTS: Mapping[Phase, Mapping[Event, Verdict]] = MappingProxyType(
    {
        **dict.fromkeys(Phase, _REVERSIBLE),
        Phase.REQUEST: {Event.NO_ANSWER: Uncertain},
        Phase.ANSWER: {Event.NO_ANSWER: Uncertain},
        Phase.STATUS: {
            Event.NO: Refused,
            Event.LATER: Refused,  # definite, and there is no way back from releasing
            Event.DOUBT: Uncertain,
        },
    }
)

YES = range(200, 300)
_LATER = frozenset({408, 425, 429})
_NO = frozenset({400, 401, 403, 404, 405, 410, 411, 413, 414, 415, 422, *range(300, 400)})
"""Redirects are never followed."""
NARROWABLE = frozenset({409, *range(500, 600)})
"""What a destination may promise to be a definite no; by itself it is none."""


def event_of(status: int, definite: Container[int]) -> Event:
    """What a status that is no yes means where `definite` ones are promised to be a no."""
    if status in _LATER:
        return Event.LATER
    return Event.NO if status in _NO or status in definite else Event.DOUBT
