"""The mail servers of a whole sweep: our own, and one that is not ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from deploy.local.sink import MailSink
from tests.kill_sweep.judging import MailServer
from tests.parts import postfix


@dataclass(frozen=True, slots=True)
class Kind:
    """A mail server that can be started in a directory that is not there yet."""

    name: str
    version: str
    started: Callable[[Path], AbstractContextManager[MailServer]]


def kinds() -> list[Kind]:
    """What can run here; without Postfix, the mail sink alone."""
    sink = Kind("mail sink", f"aiosmtpd {version('aiosmtpd')}", MailSink)
    if postfix.missing():
        return [sink]
    return [sink, Kind("Postfix", postfix.version(), postfix.Postfix)]


def not_run() -> str:
    """What a sweep over all `kinds` leaves out."""
    always = "TLS from the first byte, other mail servers, machines that lose their power"
    return f"{missing}; {always}" if (missing := postfix.missing()) else always
