"""One-shot senders, one after another: each looks once and ends.

A byte on stdin starts a sender in a process of its own, which says its pid; a signal lets
it look; a line says how it ended.  Forked, since 300 starts of Python would take longer
than what they are for.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from consumers.channels.smtp import Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy import logs
from deploy.authority import authority_of
from deploy.channels import smarthost_of
from deploy.sender import HALT
from deploy.staging import worker
from outbox.ledger import Ledger
from outbox.settings import Settings
from outbox.store import Connection, connect

APPLICATION = "one-shot sender"
GO = signal.SIGUSR1
WAITING = "rt_sigtimedwait"
"""The system call in which a sender waits for `GO`; it makes no other of this name."""
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


def sender_of(settings: Settings, connection: Connection) -> Sender:
    """A sender with one thread, made of what a sending process is made of."""
    name = worker("sender")

    @contextmanager
    def reconnected() -> Iterator[Ledger]:
        with connect(settings.dsn, application=APPLICATION) as again:
            yield Ledger(again, worker=name)

    return Sender(
        Ledger(connection, worker=name),
        {"email": Smtp(smarthost_of(settings))},
        Leases(settings.send_lease),
        Halt("email", HALT),
        reconnected,
        authority=authority_of(settings)(connection),
    )


def look_once(settings: Settings) -> NoReturn:
    sender = sender_of(settings, connect(settings.dsn, application=APPLICATION))
    # Where only a parent may trace, strace is none; it asks in vain elsewhere.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, {GO})
    os.write(1, f"{os.getpid()}\n".encode())
    signal.sigwait({GO})
    sender.look()
    os._exit(0)


def main() -> None:
    settings = Settings.from_env(os.environ)
    logs.configure("json")
    while os.read(0, 1):
        child = os.fork()
        if not child:
            look_once(settings)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
