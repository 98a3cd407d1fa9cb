"""The server kills its client when the mail is on disk, and not before."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.children import Child
from tests.peers.server import Moment, StrikingSink, Victim

SOON = timedelta(seconds=30)


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[StrikingSink]:
    with StrikingSink(tmp_path / "mail") as server:
        yield server


def client(sink: StrikingSink, mails: int, log: Path) -> Child:
    """A process that sends so many mails, one after another."""
    at = sink.endpoint
    environment = {
        **os.environ,
        "PEER_MAILS": str(mails),
        "PEER_SMTP_HOST": at.host,
        "PEER_SMTP_PORT": str(at.port),
        "PEER_SMTP_LOGIN": at.login,
        "PEER_SMTP_PASSWORD": at.password,
        "SSL_CERT_FILE": str(at.ca_file),
    }
    code = "from tests.peers.adapters.handing import *\nfor key in mails(): send(key)"
    return Child([sys.executable, "-c", code], log=log, env=environment)


@pytest.mark.parametrize(
    ("moment", "delivered"),
    [(Moment.KEPT, ["mail-1", "mail-2"]), (Moment.ADDRESSED, ["mail-1"])],
)
def test_it_kills_at_the_nth_mail_and_counts_only_what_is_on_disk(
    sink: StrikingSink, tmp_path: Path, moment: Moment, delivered: list[str]
) -> None:
    with client(sink, 3, tmp_path / "client.log") as sender:
        sink.aim(Victim(sender.pid, moment, 2))
        assert sender.ended(SOON)

    assert sender.exit_code == -signal.SIGKILL
    assert sink.struck() == "mail-2@example.org"
    assert [mail.rcpt_to for mail in sink.accepted()] == [
        [f"{key}@example.org"] for key in delivered
    ]


def test_without_a_victim_it_is_the_mail_server_as_ever(
    sink: StrikingSink, tmp_path: Path
) -> None:
    with client(sink, 1, tmp_path / "client.log") as sender:
        assert sender.ended(SOON)

    assert sender.exit_code == 0
    assert sink.struck() is None
    assert len(sink.accepted()) == 1
