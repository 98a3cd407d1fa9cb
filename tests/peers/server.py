"""A mail server that kills its client's process, at a moment no client can know of.

    python -m tests.peers.server --directory DIRECTORY --port PORT

It is the counting mail server with one habit more: at the N-th mail it kills the process
group that `victim.json` names.  So no contestant's code is touched, and all of them die
at the very same place.
"""

from __future__ import annotations

import json
import os
import signal
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mailbox import Keeper
from deploy.local.mailserver import Receiver, main
from deploy.local.sink import MailSink


class Moment(StrEnum):
    """When the victim dies."""

    KEPT = "kept"
    """The mail is on disk, its 250 is not yet written: it arrived, and nobody knows."""
    ADDRESSED = "addressed"
    """Its recipient is named, its first byte has not been asked for: it surely did not."""


@dataclass(frozen=True, slots=True)
class Victim:
    """Whom to kill, and when: at the `number`-th mail, from 1."""

    group: int
    moment: Moment
    number: int


class Striking(Receiver):
    """Keeps and answers as ever, and strikes once."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(keeper)
        self._directory = keeper.directory
        self._seen = dict.fromkeys(Moment, 0)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self._strike(Moment.ADDRESSED, address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = await super().handle_DATA(server, session, envelope)
        self._strike(Moment.KEPT, envelope.rcpt_tos[0])
        return reply

    def _strike(self, moment: Moment, address: str) -> None:
        self._seen[moment] += 1
        victim = _read_victim(self._directory)
        if victim is None or (moment, self._seen[moment]) != (victim.moment, victim.number):
            return
        (self._directory / "struck").write_text(address)
        os.killpg(victim.group, signal.SIGKILL)


class StrikingSink(MailSink):
    """That server, as seen by the process that starts it."""

    program = "tests.peers.server"

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._room = directory

    def aim(self, victim: Victim) -> None:
        """Name the victim, before its first mail comes."""
        half = self._room / "victim.new"
        half.write_text(json.dumps(asdict(victim)))
        half.rename(self._room / "victim.json")

    def struck(self) -> str | None:
        """The recipient of the mail at which it struck, if it has."""
        note = self._room / "struck"
        return note.read_text() if note.exists() else None


def _read_victim(directory: Path) -> Victim | None:
    note = directory / "victim.json"
    if not note.exists():
        return None
    said = json.loads(note.read_text())
    return Victim(said["group"], Moment(said["moment"]), said["number"])


if __name__ == "__main__":
    main(Striking)
