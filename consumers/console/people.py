"""Who is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request


class NotSignedIn(Exception):
    """Nobody is: sign in first."""

    def __init__(self, *, fresh: bool = False) -> None:
        super().__init__("this asks who you are, anew" if fresh else "nobody is signed in")
        self.fresh = fresh
        """Somebody is, and must prove anew that it is still them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is signed in."""

    name: str
    """As receipts name them."""
    session: int
    fresh_at: dt.datetime
    """When they last proved who they are."""


def signed_in(request: Request) -> Person:
    """Whose request it is.  Raises `NotSignedIn`."""
    person: Person | None = request.app.state.parts.who(request)
    if person is None:
        raise NotSignedIn
    return person


SignedIn = Annotated[Person, Depends(signed_in)]


def fresh(within: dt.timedelta) -> Callable[[Person], Person]:
    """A dependency: who has proved so lately who they are.  It raises `NotSignedIn`."""

    def lately(person: SignedIn) -> Person:
        if dt.datetime.now(dt.UTC) - person.fresh_at > within:
            raise NotSignedIn(fresh=True)
        return person

    return lately
