"""Names and times, spelled in the one way in which they are signed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Protocol, TypeVar

from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import moment

LONGEST_NAME = 200


class Written(Protocol):
    """What can be signed."""

    def written(self) -> bytes: ...


_Read = TypeVar("_Read", bound=Written)


def name(given: str) -> str:
    """The name, if it is one.  Raises `Unreadable`."""
    if not 1 <= len(given) <= LONGEST_NAME or given != given.strip() or not given.isprintable():
        raise Unreadable(f"a name has 1 to {LONGEST_NAME} letters, and no blank at its ends")
    return given


def folded(given: str) -> str:
    """A name without what two spellings of one person differ in."""
    return unicodedata.normalize("NFKC", given).strip().casefold()


def instant(text: str) -> dt.datetime:
    """The time that is written so.  Raises `Unreadable`."""
    try:
        found = dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
    except ValueError:
        raise Unreadable(f"{text!r} is no time") from None
    if moment(found) != text:
        raise Unreadable(f"{text!r} is not the one spelling of its time")
    return found


def perhaps(text: str | None) -> dt.datetime | None:
    """The time that is written so, if there is one."""
    return None if text is None else instant(text)


def written(at: dt.datetime | None) -> str | None:
    """A time as it is signed, if there is one."""
    return None if at is None else moment(at)


def exact(read: _Read, content: bytes) -> _Read:
    """What was read, if these bytes are its one spelling.  Raises `Unreadable`."""
    if read.written() != content:
        raise Unreadable("the document is not canonical")
    return read
