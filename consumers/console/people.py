"""Who is signed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request


class NotSignedIn(Exception):
    """Nobody is: sign in first."""


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
