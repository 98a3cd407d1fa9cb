"""A connection is kept for the next mail: greeted, encrypted, logged in.

Whom it leads to was verified when it was opened, and it is never older than `keep_for`.
Only one over which a mail was taken is kept, and it is used again only after it has
answered RSET; whatever else happens to it, it is hung up and the next mail opens another.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from consumers.channels import Evidence
from consumers.channels.smtp.connecting import connected
from consumers.channels.smtp.envelope import Capabilities
from consumers.channels.smtp.events import Timeouts
from consumers.channels.smtp.phases import Conversation
from consumers.channels.smtp.smarthost import Smarthost
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.wire import Wire


@dataclass(slots=True, eq=False)
class Session:
    """An open connection, and what was found out about it."""

    wire: Wire
    offered: Capabilities
    verified: Evidence
    opened: float
    """On the monotonic clock, from before its name was resolved."""
    mails: int = 0

    @property
    def age(self) -> dt.timedelta:
        return dt.timedelta(seconds=time.monotonic() - self.opened)


class Kept:
    """The connections of one sender; its threads share them, one mail at a time each."""

    def __init__(
        self,
        smarthost: Smarthost,
        timeouts: Timeouts,
        context: ssl.SSLContext,
        keep_for: dt.timedelta,
    ) -> None:
        self._smarthost, self._timeouts, self._context = smarthost, timeouts, context
        self._keep_for = keep_for
        self._idle: list[Session] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def session(self, trail: Trail) -> Iterator[tuple[Conversation, Capabilities]]:
        """A connection for one mail.  It is kept if the block ends well, else hung up."""
        session = self._again(trail) or self._opened(trail)
        trail.note(connection_mails=session.mails, connection_ms=_milliseconds(session.age))
        try:
            yield self._talk(trail, session.wire), session.offered
        except BaseException:
            session.wire.close()
            raise
        session.mails += 1
        self._keep(session)

    def let_go(self) -> None:
        """Hang up what has grown too old."""
        with self._lock:
            old = [one for one in self._idle if one.age >= self._keep_for]
            self._idle = [one for one in self._idle if one not in old]
        for session in old:
            self._part(session)

    def close(self) -> None:
        """Hang up everything."""
        with self._lock:
            idle, self._idle = self._idle, []
        for session in idle:
            self._part(session)

    def _again(self, trail: Trail) -> Session | None:
        self.let_go()
        while (session := self._pop()) is not None:
            if self._talk(trail, session.wire).starts_over():
                trail.goes_over(session.verified)
                return session
            session.wire.close()
        return None

    def _pop(self) -> Session | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _opened(self, trail: Trail) -> Session:
        opened = time.monotonic()
        wire = connected(self._smarthost, self._timeouts, trail)
        try:
            talk = self._talk(trail, wire)
            offered = talk.open(self._context)
            talk.log_in(offered)
        except BaseException:
            wire.close()
            raise
        return Session(wire, offered, trail.of_the_connection(), opened)

    def _keep(self, session: Session) -> None:
        if session.age >= self._keep_for:
            self._part(session)
            return
        with self._lock:
            self._idle.append(session)

    def _part(self, session: Session) -> None:
        with contextlib.closing(session.wire):
            self._talk(Trail(self._smarthost), session.wire).part("QUIT")

    def _talk(self, trail: Trail, wire: Wire) -> Conversation:
        return Conversation(self._smarthost, self._timeouts, trail, wire)


def _milliseconds(age: dt.timedelta) -> int:
    return round(age.total_seconds() * 1000)
