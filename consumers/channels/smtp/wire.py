"""The wire: bytes out, strict replies in, every wait under one total deadline.

It knows no SMTP command and no outcome.  Whatever is not a whole, well-formed reply
within the deadline is no answer; a peer that trickles bytes gains no time by it.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass

from consumers.channels.line import Deadline, Stopped, encrypt, read, wrapped, write
from consumers.channels.smtp.events import Event

LONGEST_LINE = 1024
"""Octets of one reply line; RFC 5321 asks for 512."""
MOST_LINES = 128

_LINE = re.compile(rb"([0-9]{3})([ -])([^\x00-\x08\x0a-\x1f\x7f]*)")
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete reply: one code, and its text line by line."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it came, its lines joined by LF."""
        *before, last = self.lines
        return "\n".join(
            [*(f"{self.code:03}-{line}" for line in before), f"{self.code:03} {last}"]
        )

    @property
    def enhanced(self) -> tuple[str, ...]:
        """The RFC 3463 status code of each line that has one."""
        found = (_ENHANCED.match(line) for line in self.lines)
        return tuple(match.group() for match in found if match)


class Wire:
    """A connected socket, before and after TLS."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._heard = bytearray()

    def secure(self, context: ssl.SSLContext, name: str, deadline: Deadline) -> ssl.SSLSocket:
        """Make TLS; the chain and the name are verified, or this does not return."""
        if self._heard:  # else it would pass for something said under TLS
            raise Stopped(Event.DISTRUST, "the server spoke ahead of TLS")
        self._socket = tls = wrapped(self._socket, context, name)
        encrypt(tls, deadline)
        return tls

    def write(self, content: bytes | memoryview, deadline: Deadline) -> None:
        """All of it, and in one piece where the network takes it so."""
        write(self._socket, content, deadline)

    def reply(self, deadline: Deadline) -> Reply:
        """The next complete reply."""
        codes, lines, mark = set[int](), list[str](), b"-"
        while mark == b"-":
            line = self._line(deadline)
            parsed = _LINE.fullmatch(line)
            if parsed is None:
                raise _malformed(line)
            mark = parsed[2]
            codes.add(int(parsed[1]))
            lines.append(parsed[3].decode("utf-8", "backslashreplace"))
            if len(codes) > 1 or len(lines) > MOST_LINES:
                raise _malformed(line)
        return Reply(codes.pop(), tuple(lines))

    def unasked(self) -> bool:
        """Whether the peer has spoken, or hung up, though nothing was asked."""
        if self._heard:
            return True
        self._socket.settimeout(0)
        try:
            self._heard += self._socket.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True  # the next read will tell how it broke
        return True

    def local_address(self) -> str:
        return str(self._socket.getsockname()[0])

    def close(self) -> None:
        self._socket.close()

    def _line(self, deadline: Deadline) -> bytes:
        while b"\n" not in self._heard and len(self._heard) <= LONGEST_LINE:
            self._heard += self._receive(deadline)
        line, end, rest = self._heard.partition(b"\n")
        if not (end and line.endswith(b"\r") and len(line) < LONGEST_LINE):
            raise _malformed(bytes(line))
        self._heard = rest
        return bytes(line[:-1])

    def _receive(self, deadline: Deadline) -> bytes:
        received = read(self._socket, 4096, deadline)
        if not received:
            said = bytes(self._heard[:200])
            raise Stopped(Event.NO_ANSWER, f"the server hung up after saying {said!r}")
        return received


def _malformed(line: bytes) -> Stopped:
    return Stopped(Event.NO_ANSWER, f"malformed reply: {line[:200]!r}")
