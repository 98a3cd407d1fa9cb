"""A mail server that answers at once, so that a sender is all that is measured.

    python -m deploy.bench.sink --directory DIRECTORY --port PORT

It speaks over TLS from the first byte, and takes mail from who knows the password alone.
It keeps nothing: it counts what it took over, and what it took over twice, and whenever it
has nothing to do it says so, in one line of JSON.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import selectors
import socket
import ssl
import sys
import time
from pathlib import Path

from deploy.local.mailbox import prepare, read_login
from deploy.local.ports import LOOPBACK

_OFFERS = (
    b"250-localhost\r\n250-PIPELINING\r\n250-SIZE 33554432\r\n250-8BITMIME\r\n"
    b"250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN\r\n"
)
_ANSWERS = {
    b"EHLO": _OFFERS,
    b"MAIL": b"250 2.1.0 ok\r\n",
    b"RCPT": b"250 2.1.5 ok\r\n",
    b"DATA": b"354 go on\r\n",
    b"RSET": b"250 2.0.0 ok\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}
_BEFORE_LOGIN = frozenset({b"EHLO", b"QUIT", b"RSET"})
_END = b"\r\n.\r\n"
_NAMED = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
_IDLE = 0.05


class Counted:
    """What was taken over, by everybody together."""

    def __init__(self) -> None:
        self.taken = self.twice = 0
        self._names: set[bytes] = set()

    def take(self, mail: bytes) -> None:
        named = _NAMED.search(mail)
        name = named[1] if named else b""
        self.taken += 1
        self.twice += name in self._names
        self._names.add(name)


class Dialogue:
    """What one client said, and what it is answered."""

    def __init__(self, token: bytes, counted: Counted) -> None:
        self._login = b"AUTH PLAIN " + token
        self._counted = counted
        self._heard = b""
        self._known = self._in_mail = False
        self.over = False

    def answer(self, heard: bytes) -> bytes:
        self._heard += heard
        answers = []
        while not self.over and (answer := self._next()):
            answers.append(answer)
        return b"".join(answers)

    def _next(self) -> bytes:
        said, end, rest = self._heard.partition(_END if self._in_mail else b"\r\n")
        if not end:
            return b""
        self._heard = rest
        if self._in_mail:
            self._in_mail = False
            self._counted.take(said)
            return b"250 2.0.0 taken\r\n"
        return self._command(said)

    def _command(self, said: bytes) -> bytes:
        if said == self._login:
            self._known = True
            return b"235 2.7.0 welcome\r\n"
        verb = said[:4].upper()
        if not (self._known or verb in _BEFORE_LOGIN):
            return b"530 5.7.0 who are you\r\n"
        self._in_mail, self.over = verb == b"DATA", verb == b"QUIT"
        return _ANSWERS.get(verb, b"502 5.5.1 not here\r\n")


class Client:
    """One connection: TLS first, and then its dialogue."""

    def __init__(self, wire: ssl.SSLSocket, dialogue: Dialogue) -> None:
        self._wire = wire
        self._dialogue = dialogue
        self._greeted = False

    def heard(self) -> bool:
        """Answer what is there; give back whether there will be more."""
        try:
            if not self._greeted:
                self._wire.do_handshake()
                self._greeted = True
                self._wire.send(b"220 localhost ESMTP\r\n")
            while said := self._wire.recv(65536):
                if answer := self._dialogue.answer(said):
                    self._wire.send(answer)
                if not self._wire.pending():
                    return not self._dialogue.over
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False


def serve(listening: socket.socket, tls: ssl.SSLContext, token: bytes) -> None:
    """Answer until killed."""
    counted, said = Counted(), ""
    with selectors.DefaultSelector() as waiting:
        waiting.register(listening, selectors.EVENT_READ)
        while True:
            found = waiting.select(_IDLE)
            for key, _ in found:
                if key.data is None:
                    _accept(listening, tls, waiting, Dialogue(token, counted))
                elif not key.data.heard():
                    waiting.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]
            if not found and said != (told := _told(counted)):
                said = told
                sys.stdout.write(f"{said}\n")
                sys.stdout.flush()


def _accept(
    listening: socket.socket,
    tls: ssl.SSLContext,
    waiting: selectors.BaseSelector,
    dialogue: Dialogue,
) -> None:
    line, _ = listening.accept()
    line.setblocking(False)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wire = tls.wrap_socket(line, server_side=True, do_handshake_on_connect=False)
    waiting.register(wire, selectors.EVENT_READ, Client(wire, dialogue))


def _told(counted: Counted) -> str:
    return json.dumps(
        {"taken": counted.taken, "twice": counted.twice, "cpu": time.process_time()}
    )


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m deploy.bench.sink")
    arguments.add_argument("--directory", type=Path, required=True)
    arguments.add_argument("--port", type=int, required=True)
    given = arguments.parse_args()
    prepare(given.directory)
    known = read_login(given.directory)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(given.directory / "server.pem")
    token = base64.b64encode(f"\0{known.login}\0{known.password}".encode())
    with socket.create_server((LOOPBACK, given.port), backlog=128) as listening:
        listening.setblocking(False)
        serve(listening, tls, token)


if __name__ == "__main__":
    main()
