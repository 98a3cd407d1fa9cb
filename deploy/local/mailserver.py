"""A mail server that counts: the other side of every send on this machine.

    python -m deploy.local.mailserver --directory DIRECTORY --port PORT

It takes mail only over TLS and only from who knows the password.  It answers 250 only
after the message and its line in `accepted.jsonl` are on disk, so there is a line for
every delivery anybody may believe in; what our own side believes is never asked.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from deploy.local.mailbox import Keeper, Login, prepare, read_login
from deploy.local.ports import LOOPBACK

LARGEST = 32 * 1024 * 1024  # bytes of one message


class Receiver:
    """Answers for a message only once it is kept."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        number = self._keeper.keep(envelope.mail_from or "", envelope.rcpt_tos, content)
        return f"250 2.0.0 kept as {number}"


def connection(receiver: Receiver, tls: ssl.SSLContext, known: Login) -> SMTP:
    """One client's conversation."""
    return SMTP(
        receiver,
        hostname="localhost",
        data_size_limit=LARGEST,
        enable_SMTPUTF8=True,
        tls_context=tls,
        require_starttls=True,
        auth_required=True,
        authenticator=partial(_authenticate, known),
        loop=asyncio.get_running_loop(),
    )


async def serve(connections: Callable[[], SMTP], port: int) -> None:
    """Listen on the loopback until killed."""
    server = await asyncio.get_running_loop().create_server(connections, LOOPBACK, port)
    await server.serve_forever()


def main(receiver_of: Callable[[Keeper], Receiver] = Receiver) -> None:
    """Serve until killed; tests bring a receiver that behaves otherwise."""
    arguments = argparse.ArgumentParser(prog="python -m deploy.local.mailserver")
    arguments.add_argument("--directory", type=Path, required=True)
    arguments.add_argument("--port", type=int, required=True)
    given = arguments.parse_args()
    prepare(given.directory)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(given.directory / "server.pem")
    receiver = receiver_of(Keeper(given.directory))
    connections = partial(connection, receiver, tls, read_login(given.directory))
    asyncio.run(serve(connections, given.port))


def _authenticate(known: Login, *conversation: object) -> AuthResult:
    said = conversation[-1]
    right = (
        isinstance(said, LoginPassword)
        and secrets.compare_digest(said.login, known.login.encode())
        and secrets.compare_digest(said.password, known.password.encode())
    )
    return AuthResult(success=right, handled=False)


if __name__ == "__main__":
    main()
