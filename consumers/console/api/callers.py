"""Whose request it is.  It is never in what the request says."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Request

from consumers.console.parts import parts_of
from consumers.console.people import signed_in
from outbox import tokens
from outbox.errors import NotAllowed
from outbox.tokens import Kind, TokenUnknown

_BEARER = re.compile(r"(?i:bearer) (holdshort_[a-z]+_[A-Za-z0-9_-]{43})")


def caller(request: Request) -> str:
    """The name of the person; a token that is shown counts, whatever session came along.

    Raises `TokenUnknown`, `NotAllowed` for an agent's, and `NotSignedIn`.
    """
    shown = request.headers.get("authorization")
    if shown is None:
        return signed_in(request).name
    found = _BEARER.fullmatch(shown)
    if found is None:
        raise TokenUnknown("this is no token of ours")
    if found[1].startswith(Kind.AGENT.prefix):
        raise NotAllowed(
            "an agent's token decides nothing, and looks at nothing here",
            hint="an agent proposes, and looks at its own, where the intake is",
        )
    with parts_of(request).writing() as connection:
        admitted = tokens.person(connection, found[1])
    if admitted is None:
        raise TokenUnknown("this token is no person's, or is not in force any more")
    return admitted.person


Caller = Annotated[str, Depends(caller)]
