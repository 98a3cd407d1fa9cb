"""What a console works with, given by whoever starts it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, cast

import sqlalchemy
from fastapi import Depends, Request

from consumers.console.people import Person
from consumers.console.signin.ways import Ways
from outbox.epoch import Site
from outbox.store import Connection
from schemas.receipts.keys import Signer, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Its connections, its address, and how people sign here."""

    reads: sqlalchemy.Engine
    """Read-only connections, each of which sees one moment."""
    writing: Callable[[], AbstractContextManager[Connection]]
    """A connection for one decision."""
    who: Callable[[Request], Person | None]
    """Who is signed in."""
    ways: Ways
    """How people sign in."""
    origin: str
    """Where people find it, like https://holdshort.example; nothing else may post to it."""
    approvals: str
    """`signed` or `named`."""
    signer: Signer | None
    """The key on this machine with which its one person approves; None: there is none."""
    valid_for: dt.timedelta
    """How long an approval waits for its attempt."""
    hold: dt.timedelta
    """How long it is held before anything leaves."""
    review_below: float
    """What is low where no policy says it."""
    site: Site
    """Where its senders stand, for whether anything may leave from here."""
    stop: threading.Event
    """Set once it drains: nobody is kept waiting then."""
    roots: Trust | None = None
    """Whose word on keys is believed; None: as the database has it."""
    root: Signer | None = None
    """The root on this machine, which vouches for a new passkey; None: there is none."""


def ledger_of(look: sqlalchemy.Connection) -> Connection:
    """The same connection, for the statements of `outbox/sql`; it sees the same moment."""
    return cast(Connection, look.connection.driver_connection)


def parts_of(request: Request) -> Parts:
    """The parts of the console that answers this request."""
    return cast(Parts, request.app.state.parts)


def looking(parts: Annotated[Parts, Depends(parts_of)]) -> Iterator[sqlalchemy.Connection]:
    """A reading connection for as long as a page is made."""
    with parts.reads.connect() as connection:
        yield connection


Here = Annotated[Parts, Depends(parts_of)]
Look = Annotated[sqlalchemy.Connection, Depends(looking)]
