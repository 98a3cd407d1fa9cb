"""A real SMTP server on loopback that misbehaves as a script says.

The independent oracle: a mail counts only once its end-of-data mark was seen.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from consumers.channels.smtp import Security

LARGEST_READ = 65536
DOT = b"\r\n.\r\n"
EHLO = b"250-at your service\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n"


class Then(StrEnum):
    GO_ON = "go_on"
    CLOSE, RESET = "close", "reset"
    HANG, DRIP = "hang", "drip"  # drip: a byte now and then, and never the end


@dataclass(frozen=True, slots=True)
class Act:
    """What the server says at one point, and what it does then."""

    say: bytes = b""
    then: Then = Then.GO_ON


Script = Mapping[str, Act]
"""Acts by point; what is missing goes well.  In order: connect, tls, banner, plain_ehlo and
starttls (before TLS), ehlo, auth, login, password, mail, rcpt1 ..., data, body, dot, quit."""

USUAL: Script = {
    "connect": Act(),
    "tls": Act(),
    "body": Act(),
    "banner": Act(b"220 scripted ESMTP\r\n"),
    "plain_ehlo": Act(b"250-at your service\r\n250 STARTTLS\r\n"),
    "starttls": Act(b"220 go ahead\r\n"),
    "ehlo": Act(EHLO),
    "auth": Act(b"235 2.7.0 welcome\r\n"),
    "login": Act(b"334 VXNlcm5hbWU6\r\n"),
    "password": Act(b"334 UGFzc3dvcmQ6\r\n"),
    "data": Act(b"354 go ahead\r\n"),
    "dot": Act(b"250 2.0.0 queued as 42\r\n"),
    "quit": Act(b"221 bye\r\n", Then.CLOSE),
}


class ScriptedSmtp:
    """Serves one connection after the other until it is closed."""

    def __init__(self, script: Script, security: Security, tls: ssl.SSLContext) -> None:
        self.script: Script = {**USUAL, **script}
        self.security = security
        self.tls = tls
        self.commands: list[str] = []
        self.mails: list[bytes] = []
        """Complete mails, as they came: dot-stuffed, up to the mark."""
        self.connections = 0
        self.closing = threading.Event()
        self._body = bytearray()
        self._ended = 0
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._listener.close()

    def hear(self, body: bytearray) -> None:
        with self._changed:
            self._body = body
            self._changed.notify_all()

    def wait_for_body(self, ending: bytes) -> bytes:
        """What came after DATA, the mark too, once it ends so."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._body.endswith(ending), 10)
            return bytes(self._body)

    def wait_for_the_end(self) -> None:
        """Until a connection was made and has ended."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._ended > 0, 10)

    def _serve(self) -> None:
        while not self.closing.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            session = _Session(self, line)
            with contextlib.suppress(_Over, OSError), contextlib.closing(session):
                session.run()
            with self._changed:
                self._ended += 1
                self._changed.notify_all()


class _Over(Exception):
    """The script, or the client, ended this connection."""


class _Session:
    def __init__(self, server: ScriptedSmtp, line: socket.socket) -> None:
        self._server, self._line, self._heard = server, line, bytearray()

    def run(self) -> None:
        self._act("connect")
        if self._server.security is Security.IMPLICIT_TLS:
            self._encrypt()
        self._act("banner")
        if self._server.security is Security.STARTTLS:
            self._answer_until("STARTTLS", {"EHLO": "plain_ehlo", "STARTTLS": "starttls"})
            self._encrypt()
        self._answer_until("QUIT", {"EHLO": "ehlo", "QUIT": "quit"})

    def close(self) -> None:
        self._line.close()

    def _answer_until(self, last: str, points: Mapping[str, str]) -> None:
        verb, recipients = "", 0
        while verb != last:
            command = self._read_line()
            self._server.commands.append(command)
            verb = command.partition(" ")[0].upper()
            recipients += verb == "RCPT"
            if command == "AUTH LOGIN":
                self._log_in()
                continue
            self._act(f"rcpt{recipients}" if verb == "RCPT" else points.get(verb, verb.lower()))
            if verb == "DATA":
                self._take_the_mail()

    def _log_in(self) -> None:
        self._act("login")
        for point in ("password", "auth"):
            self._server.commands.append(self._read_line())
            self._act(point)

    def _take_the_mail(self) -> None:
        while len(self._heard) < len(DOT):
            self._receive()
        self._act("body")
        self._server.hear(self._heard)
        while DOT not in self._heard[-LARGEST_READ:]:  # the client sends nothing after it
            self._receive()
            self._server.hear(self._heard)
        self._server.mails.append(bytes(self._heard.removesuffix(DOT)))
        self._heard = bytearray()
        self._act("dot")

    def _encrypt(self) -> None:
        self._line.recv(1, socket.MSG_PEEK)  # the client has begun
        self._act("tls")
        self._line = self._server.tls.wrap_socket(self._line, server_side=True)
        self._heard.clear()

    def _act(self, point: str) -> None:
        act = self._server.script.get(point, Act(b"250 2.1.0 ok\r\n"))
        self._line.sendall(act.say)
        if act.then is Then.RESET:
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if act.then is Then.HANG:
            self._server.closing.wait()
        while act.then is Then.DRIP and not self._server.closing.wait(0.01):
            self._line.sendall(b"2")
        if act.then is not Then.GO_ON:
            raise _Over

    def _read_line(self) -> str:
        while b"\r\n" not in self._heard:
            self._receive()
        line, _, self._heard = self._heard.partition(b"\r\n")
        return line.decode()

    def _receive(self) -> None:
        received = self._line.recv(LARGEST_READ)
        if not received:
            raise _Over
        self._heard += received
