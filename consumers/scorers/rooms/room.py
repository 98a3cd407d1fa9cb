"""A room from outside: ask its scorer, and have an answer in time, whatever it does."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace

import structlog
from pydantic import SecretStr

from consumers.scorers import History
from consumers.scorers.rooms.answers import (
    LONGEST_ANSWER,
    Failed,
    Hello,
    Said,
    Unread,
    answer,
    nothing,
)
from consumers.scorers.rooms.wire import receive, send
from outbox import metrics
from outbox.claim import Claim
from outbox.results import Score
from outbox.settings import Settings, variable

log = structlog.get_logger()

OPENS = 30.0
"""Seconds that a scorer may take to start."""
_GRACE = 0.5
_UNKNOWN = "unknown"
_SECRETS = {
    variable(name)
    for name, field in Settings.model_fields.items()
    if name == "dsn" or field.annotation is SecretStr
}


class Room:
    """One scorer's; its process starts with the first question, and anew after a failure.

    Not for sharing between threads.
    """

    def __init__(self, scorer: str, patience: dt.timedelta) -> None:
        self._scorer = scorer
        self._patience = patience.total_seconds()
        self._version = _UNKNOWN
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None
        self._told: History | None = None

    def ask(self, claim: Claim, history: History, until: float) -> Score:
        """What it thinks of this, no later than `until`, on the clock of `time.monotonic`."""
        begun = time.monotonic()
        score = self._answer(claim, history, until)
        return replace(score, took=dt.timedelta(seconds=time.monotonic() - begun))

    def close(self) -> None:
        """End its process, and whatever that has started."""
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._wire, self._process, self._told = None, None, None

    def _answer(self, claim: Claim, history: History, until: float) -> Score:
        try:
            said = self._asked(claim, history, until)
        except TimeoutError:
            return self._failed(claim, "it did not answer in time")
        except (OSError, EOFError):
            return self._failed(claim, "it ended without an answer")
        except ValueError:  # no JSON, too long, or not what was asked for
            return self._failed(claim, "it gave no answer that is one")
        match said:
            case Said():
                return said.score()
            case Unread():
                reason = f"these bytes are not a mail: {said.unread}"
                return self._nothing(reason, kind="unreadable")
            case Failed():
                self._count(claim, said.failed)
                return self._nothing(f"the scorer failed: {said.failed}")

    def _asked(self, claim: Claim, history: History, until: float) -> Said | Failed | Unread:
        wire = self._wire or self._opened(until)
        until = min(until, time.monotonic() + self._patience)
        token, seconds = secrets.token_hex(16), until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        written = claim.written_at and claim.written_at.isoformat()
        times = {"written_at": written, "not_after": claim.not_after}
        told = self._news(history)
        asked = {"asked": token, "seconds": seconds, "sent": told, "times": times}
        send(wire, json.dumps(asked).encode(), claim.content, until=until + _GRACE)
        self._told = history
        said = answer.validate_json(receive(wire, most=LONGEST_ANSWER, until=until + _GRACE))
        if said.asked != token:
            raise ValueError("it answers something else")
        if isinstance(said, Said) and said.scorer != self._scorer:
            raise ValueError("it answers in another's name")
        return said

    def _news(self, history: History) -> list[tuple[object, ...]] | None:
        """What was sent, in its order; what it knows by the number alone; None: all."""
        if history is self._told:
            return None
        known = {sent.intent for sent in self._told.sent} if self._told else set()
        return [
            (sent.intent,)
            if sent.intent in known
            else (sent.intent, [*sent.recipients], sent.text)
            for sent in history.sent
        ]

    def _opened(self, until: float) -> socket.socket:
        """Start its process, and wait until it has loaded the scorer."""
        self._wire, theirs = socket.socketpair()
        with theirs:
            command = (sys.executable, "-P", "-m", "consumers.scorers.rooms.child")
            self._process = subprocess.Popen(
                [*command, self._scorer, str(theirs.fileno())],
                env={name: value for name, value in os.environ.items() if _is_open(name)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        within = min(until, time.monotonic() + OPENS)
        hello = receive(self._wire, most=LONGEST_ANSWER, until=within)
        self._version = Hello.model_validate_json(hello).version
        return self._wire

    def _failed(self, claim: Claim, why: str) -> Score:
        self.close()
        self._count(claim, why)
        return self._nothing(f"the scorer failed: {why}")

    def _count(self, claim: Claim, why: str) -> None:
        metrics.SCORER_FAILURES.inc()
        log.error("scorer failed", intent=claim.id, scorer=self._scorer, why=why)

    def _nothing(self, reason: str, kind: str = "unscored") -> Score:
        return nothing(self._scorer, self._version, reason=reason, kind=kind)


def _is_open(name: str) -> bool:
    """Whether a scorer may know a variable: none that leads into a database."""
    return name not in _SECRETS and not name.startswith("PG")
