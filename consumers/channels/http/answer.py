"""What the other side answers: HTTP/1.1 as h11 reads it, bounded in length and in time."""

from __future__ import annotations

import re
from dataclasses import dataclass

import h11

from consumers.channels.http.events import Event
from consumers.channels.http.wire import Wire
from consumers.channels.line import Stopped

LONGEST_HEAD = 64 * 2**10
LONGEST_BODY = 64 * 2**10
"""Bytes; more is not read."""
MOST_INTERIM = 20
"""Answers like 100 and 103, which say nothing."""
SAID = 300
"""Characters of a body that is a no: the words of somebody who refuses."""
_WORD = re.compile(r"[\w@.+-]{4,}")
_UNSHOWN = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with all of its headers, and as much of the body as came."""

    status: int
    reason: str
    headers: dict[str, str]
    """In lower case; of those that come twice, the first."""
    body: bytes
    whole: bool
    """Whether the body came to its end."""
    asked: bytes = b""
    """The body that it answers: no word of it is told again, since a receipt outlives it."""

    @property
    def line(self) -> str:
        return self._unlike_asked(f"{self.status} {self.reason}".strip())

    @property
    def said(self) -> str:
        """The status, and the beginning of the body."""
        words = _UNSHOWN.sub(" ", self.body[:SAID].decode("ascii", "replace")).strip()
        return f"{self.line}: {self._unlike_asked(words)}" if words else self.line

    def _unlike_asked(self, text: str) -> str:
        return _WORD.sub(
            lambda word: "[...]" if word[0].encode() in self.asked else word[0], text
        )


class Listening:
    """Reads one answer off a wire to which the whole request was written."""

    def __init__(self, wire: Wire, method: str) -> None:
        self._wire = wire
        self._reader = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        # h11 must have been asked to know what is an answer; the bytes are our own.
        asked = [("host", "x"), ("connection", "close")]
        self._reader.send(h11.Request(method=method, target="/", headers=asked))
        self._reader.send(h11.EndOfMessage())

    def head(self) -> h11.Response | h11.InformationalResponse:
        """The final status.  Raises `Stopped` for whatever is none."""
        for _ in range(MOST_INTERIM):
            event = self._next()
            if isinstance(event, h11.Response):
                return event
            if isinstance(event, h11.InformationalResponse):
                if event.status_code == 101:  # nobody has asked for another protocol
                    return event
            else:
                raise Stopped(Event.NO_ANSWER, "hung up without an answer")
        raise Stopped(Event.NO_ANSWER, f"more than {MOST_INTERIM} answers that say nothing")

    def body(self, head: h11.Response | h11.InformationalResponse) -> Answer:
        """The rest, as far as it comes: nothing about it stops the attempt."""
        body, whole = bytearray(), False
        try:
            while isinstance(head, h11.Response) and len(body) <= LONGEST_BODY:
                event = self._next()
                if not isinstance(event, h11.Data):
                    whole = isinstance(event, h11.EndOfMessage)
                    break
                body += event.data
        except Stopped:
            whole = False
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in reversed(list(head.headers))
        }
        reason = _UNSHOWN.sub(" ", bytes(head.reason).decode("latin-1"))[:100]
        return Answer(head.status_code, reason, headers, bytes(body[:LONGEST_BODY]), whole)

    def _next(self) -> object:
        try:
            while (event := self._reader.next_event()) is h11.NEED_DATA:
                some = self._wire.read()
                if not some and self._reader.their_state is h11.SEND_RESPONSE:
                    raise Stopped(Event.NO_ANSWER, "hung up without a whole answer")
                self._reader.receive_data(some)
        except h11.RemoteProtocolError as malformed:
            raise Stopped(Event.NO_ANSWER, f"malformed answer: {malformed}") from malformed
        return event
