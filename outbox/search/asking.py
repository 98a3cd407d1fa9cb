"""What one line asks for: filters, which must all hold, and words of the subject.

    to:bob@example.org to:@example.org agent:billing state:in_review score:<0.6
    key:invoice-7 id:7 after:2026-11-01 before:2026-12-01T08:00Z "final notice"

A filter that nobody knows is refused, and so is a value that it could never have.  What has a
blank in it is quoted, `agent:"the billing agent"`, and so are words with a colon.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from outbox.errors import BadSearch
from outbox.lifecycle import State

LONGEST, MOST = 1000, 20
"""Characters of a line, and filters and words in it."""

_PART = re.compile(r'(?:(?P<name>[^\s":]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]*))(?=\s|$)')
_SCORE = re.compile(r"(<=|>=|<|>|=)(0|1|0?\.[0-9]{1,15}|1\.0{1,15})$")


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a range of scores."""

    sign: str
    """`<`, `<=`, `>`, `>=` or `=`."""
    value: float


@dataclass(slots=True)
class Asked:
    """Everything that must hold; nothing asked for is everything."""

    to: list[str] = field(default_factory=list)
    """Addresses, in lower case: each is a recipient."""
    domains: list[str] = field(default_factory=list)
    """In lower case: a recipient is of each."""
    agents: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    scores: list[Bound] = field(default_factory=list)
    after: list[dt.datetime] = field(default_factory=list)
    """Proposed then or later."""
    before: list[dt.datetime] = field(default_factory=list)
    """Proposed earlier."""
    words: list[str] = field(default_factory=list)
    """In lower case: each is somewhere in the subject."""


def asked(line: str) -> Asked:
    """Read a line.  Raises `BadSearch`, naming what is wrong and what there is."""
    if len(line) > LONGEST or "\x00" in line:
        raise BadSearch(f"a search has at most {LONGEST} characters, and no NUL")
    found = Asked()
    for number, (name, value) in enumerate(_parts(line)):
        if number == MOST:
            raise BadSearch(f"a search has at most {MOST} filters and words")
        read = _word if name is None else _filter(name)
        if not value.strip():
            raise BadSearch(f"{name}: says nothing" if name else "a quote says nothing")
        read(found, value)
    return found


def _parts(line: str) -> Iterator[tuple[str | None, str]]:
    at = 0
    line = line.strip()
    while at < len(line):
        part = _PART.match(line, at)
        if part is None:
            raise BadSearch(f"a quote is open, or has something stuck to it: {line[at:]}")
        value = part["bare"] if part["quoted"] is None else part["quoted"]
        yield part["name"], value
        at = part.end() + len(line[part.end() :]) - len(line[part.end() :].lstrip())


def _filter(name: str) -> Callable[[Asked, str], None]:
    if (read := FILTERS.get(name.lower())) is not None:
        return read
    near = get_close_matches(name.lower(), FILTERS, n=1, cutoff=0.5)
    raise BadSearch(
        f"there is no filter {name}: there are {', '.join(FILTERS)}"
        + (f"; is it {near[0]}?" if near else ""),
    )


def _word(found: Asked, value: str) -> None:
    found.words.append(value.lower())


def _to(found: Asked, value: str) -> None:
    local, at, domain = value.lower().rpartition("@")
    if not at or not domain:
        raise BadSearch(
            f"to:{value} is neither an address nor a domain", hint="to:@example.org"
        )
    if local:
        found.to.append(value.lower())
    else:
        found.domains.append(domain)


def _state(found: Asked, value: str) -> None:
    states = [state.value for state in State if state is not State.UNBORN]
    if value.lower() not in states:
        near = get_close_matches(value.lower(), states, n=1)
        raise BadSearch(
            f"there is no state {value}: there are {', '.join(states)}"
            + (f"; is it {near[0]}?" if near else ""),
        )
    found.states.append(State(value.lower()))


def _score(found: Asked, value: str) -> None:
    said = _SCORE.match(value)
    if said is None:
        raise BadSearch(f"score:{value} is no bound between 0 and 1", hint="score:<0.6")
    found.scores.append(Bound(said[1], float(said[2])))


def _id(found: Asked, value: str) -> None:
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise BadSearch(f"id:{value} is no whole number", hint="id:7")
    found.ids.append(int(value))


def _moment(name: str, value: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise BadSearch(
            f"{name}:{value} is no date", hint=f"{name}:2026-11-01, which begins in UTC"
        ) from None


FILTERS: dict[str, Callable[[Asked, str], None]] = {
    "to": _to,
    "agent": lambda found, value: found.agents.append(value),
    "score": _score,
    "state": _state,
    "key": lambda found, value: found.keys.append(value),
    "id": _id,
    "after": lambda found, value: found.after.append(_moment("after", value)),
    "before": lambda found, value: found.before.append(_moment("before", value)),
}
"""Every filter, and how its value is read."""
