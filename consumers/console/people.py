"""Who is signed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

LATELY = dt.timedelta(hours=1)
"""How lately somebody must have proved who they are to turn sending on."""


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

    def check_fresh(self, within: dt.timedelta = LATELY) -> None:
        """Raise `NotSignedIn` if that was longer ago: a session may be in other hands."""
        if dt.datetime.now(dt.UTC) - self.fresh_at > within:
            raise NotSignedIn(fresh=True)


def signed_in(request: Request) -> Person:
    """Whose request it is.  Raises `NotSignedIn`."""
    person: Person | None = request.app.state.parts.who(request)
    if person is None:
        raise NotSignedIn
    return person


SignedIn = Annotated[Person, Depends(signed_in)]
