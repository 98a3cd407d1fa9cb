"""What a person has open: noted as it is served, and only where the policy asks for attention.

It is the one thing that looking writes; it decides nothing.  What a browser fetches before
anybody has asked for it is not open before anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy
from fastapi import Request

from consumers.console.page import Drawing
from consumers.console.pages.numbers import Number
from consumers.console.parts import Parts
from outbox.attention.looking import is_asked, look_at


def opened(
    request: Request,
    parts: Parts,
    look: sqlalchemy.Connection,
    person: str,
    ids: Sequence[int],
) -> None:
    """These are on the page, or in the answer, that this person is about to get."""
    ahead = "prefetch" in request.headers.get("sec-purpose", "")
    if ids and not ahead and is_asked(look):
        with parts.writing() as connection:
            look_at(connection, ids, person)


def opens(draw: Drawing, id: Number) -> None:
    """The same of one page of one intent."""
    opened(draw.request, draw.parts, draw.look, draw.person.name, [id])
