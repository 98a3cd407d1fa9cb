"""The words: how many of what wait, their numbers, their ages, and where to look."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import JsonValue

from outbox.notices import OF_THE_INSTALLATION, Kind, Notice

LISTED = 20
"""How many of a kind are named; the others are counted."""
TYPE = "holdshort.waiting.v1"

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_SAID = {
    Kind.STRANDED: "stranded",
    Kind.ESCALATED: "escalated",
    Kind.IN_REVIEW: "in review",
    Kind.AWAITING_APPROVAL: "awaiting approval",
    Kind.REMINDED: "waiting for long",
}
_MEANING = {
    Kind.STRANDED: "nobody knows whether it has left; no machine tries it again",
    Kind.ESCALATED: "longer than the policy lets it wait without you",
    Kind.IN_REVIEW: "somebody has to look closely",
    Kind.AWAITING_APPROVAL: "nothing leaves without a yes",
    Kind.REMINDED: "longer than the policy lets it wait unheard",
}
_END = "No link decides anything: it shows a page, where you sign in."


@dataclass(frozen=True, slots=True)
class Message:
    """One notification."""

    id: str
    """The same whenever the same is told over one route: what comes twice is known by it."""
    subject: str
    text: str
    data: dict[str, JsonValue]
    """The same for machines."""


def message(route: str, notices: Sequence[Notice], console: str, now: dt.datetime) -> Message:
    """Say that this waits.  `console` is where it is that the links lead to."""
    in_order = sorted(notices, key=lambda one: _ORDER[one.kind])
    kinds = [(kind, [*some]) for kind, some in groupby(in_order, lambda one: one.kind)]
    said = [_headline(kind, some) for kind, some in kinds]
    lines = [line for kind, some in kinds for line in _lines(kind, some, console, now)]
    return Message(
        id=_id(route, notices),
        subject=f"Holdshort: {', '.join(said)}",
        text="\n".join([*lines, _END, ""]),
        data={
            "counts": {kind.value: len(some) for kind, some in kinds},
            "notices": [_as_data(one, console) for _, some in kinds for one in some[:LISTED]],
        },
    )


def trial(route: str, id: str) -> Message:
    """What `holdshort notify test` tells."""
    said = f"Holdshort: a test of the route {route}"
    return Message(id, said, "This is a test. Nothing waits for you.\n", {"counts": {}})


def _id(route: str, notices: Sequence[Notice]) -> str:
    told = [f"{one.kind} {one.intent} {one.since.astimezone(dt.UTC)}" for one in notices]
    return hashlib.sha256("\n".join([route, *told]).encode()).hexdigest()[:32]


def _headline(kind: Kind, some: Sequence[Notice]) -> str:
    match kind:
        case Kind.SWITCH:
            return f"sending is {some[0].state}"
        case Kind.ATTESTER_SILENT:
            return "receipts wait for an attester"
        case _:
            return f"{len(some)} {_SAID[kind]}"


def _lines(kind: Kind, some: Sequence[Notice], console: str, now: dt.datetime) -> Iterator[str]:
    if kind in OF_THE_INSTALLATION:
        for one in some:
            yield f"{_headline(kind, some)}, for {_age(now - one.since)}  {_url(one, console)}"
        yield ""
        return
    yield f"{_headline(kind, some)}: {_MEANING[kind]}"
    for one in some[:LISTED]:
        yield f"  {one.intent}  {one.state} for {_age(now - one.since)}  {_url(one, console)}"
    if len(some) > LISTED:
        yield f"  and {len(some) - LISTED} more"
    yield ""


def _as_data(one: Notice, console: str) -> JsonValue:
    return {
        "kind": one.kind.value,
        "intent": one.intent or None,
        "state": one.state,
        "since": one.since.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "url": _url(one, console),
    }


def _url(one: Notice, console: str) -> str:
    return f"{console}/intents/{one.intent}" if one.intent else f"{console}/system"


def _age(waited: dt.timedelta) -> str:
    for unit, span, beyond in (
        ("days", dt.timedelta(days=1), dt.timedelta(days=2)),
        ("hours", dt.timedelta(hours=1), dt.timedelta(hours=2)),
        ("minutes", dt.timedelta(minutes=1), dt.timedelta(minutes=2)),
    ):
        if waited >= beyond:
            return f"{waited // span} {unit}"
    return "a moment" if waited < dt.timedelta(minutes=1) else "a minute"
