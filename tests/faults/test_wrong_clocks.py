"""A worker whose wall clock is wrong, or jumps: leases are the database's, or monotonic.

The clock of real processes is bent by libfaketime; the monotonic ones are left alone, as
they are by whoever sets a clock.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import threading
from collections.abc import Callable, Iterator
from email.headerregistry import DateHeader
from pathlib import Path
from urllib.parse import quote

import pytest

from consumers.channels.smtp import Security
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from outbox.store import Connection
from tests.channels.rig import MAIL, Authority, Rig, serving
from tests.channels.scripted_smtp import USUAL, Act
from tests.faults.sending import approved_for_the_rig
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.waiting import wait_until

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
SETTINGS = {"send_lease": "2s", "look_every": "200ms", "sender_threads": "1"}
LONGER_THAN_A_LEASE = 3.0  # seconds
PATIENCE = dt.timedelta(seconds=20)
HOUR, A_MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="apt-get install libfaketime")


class Slow(dict[str, Act]):
    """A server that answers DATA after more than a lease, and something happens then."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__(USUAL)
        self._happens = happens

    def get(self, point: str, default: Act | None = None) -> Act | None:  # type: ignore[override]
        if point == "data":
            threading.Event().wait(LONGER_THAN_A_LEASE)
            self._happens()  # and the permit is asked for next
        return super().get(point, default)


class Clock:
    """The wall clock of some processes, by how many hours it is off."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def set_off_by(self, hours: int) -> None:
        self._file.write_text(f"{hours:+}h\n")

    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def server(authority: Authority) -> Iterator[Rig]:
    tls = authority.context("localhost")
    with serving(Security.IMPLICIT_TLS, tls, authority.file, {}) as rig:
        yield rig


@pytest.fixture
def run(tmp_path: Path, dsn: str, server: Rig, clock: Clock) -> Iterator[Supervisor]:
    """Every process it starts has the wrong clock."""
    to = server.smarthost
    url = f"smtps://{to.login}:{quote(to.password)}@{to.host}:{to.port}"
    stack = Stack(dsn, "", url, to.ca_file, None)
    environment = stack.environment(dsn, smtp_senders=MAIL.sender, **SETTINGS)
    wrong = {**environment, **clock.environment()}
    with Supervisor(tmp_path, wrong, logins_of(dsn)) as supervisor:
        yield supervisor


def settled_off_by(said: str) -> dt.timedelta:
    """How wrong the clock of the sender was when it settled its mail, as its log says."""
    [line] = [line for line in said.splitlines() if "send settled" in line]
    return dt.datetime.fromisoformat(json.loads(line)["timestamp"]) - dt.datetime.now(dt.UTC)


def dated_off_by(mail: bytes) -> dt.timedelta:
    """How wrong it was when it wrote its mail."""
    date = email.message_from_bytes(mail, policy=email.policy.default)["Date"]
    assert isinstance(date, DateHeader)
    assert date.datetime is not None
    return date.datetime - dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param(1, 1, marks=pytest.mark.fault("18 clock an hour ahead")),
        pytest.param(-1, -1, marks=pytest.mark.fault("18 clock an hour behind")),
        pytest.param(1, -1, marks=pytest.mark.fault("18 clock stepped back")),
        (-1, 1),
    ],
)
def test_a_wrong_clock_neither_keeps_nor_loses_a_lease(
    db: Connection, run: Supervisor, server: Rig, clock: Clock, first: int, then: int
) -> None:
    clock.set_off_by(first)
    server.server.script = Slow(lambda: clock.set_off_by(then))
    id = approved_for_the_rig(db)

    run.start("sweeper")
    sender = run.start("sender")
    wait_until(lambda: journey.state_of(db, id) == "sent", PATIENCE, "it is sent")

    [mail] = server.server.mails
    assert journey.kinds_of(db, id)[-3:] == ["approved", "permit", "sent"]
    assert abs(dated_off_by(mail) - first * HOUR) < A_MINUTE
    assert abs(settled_off_by(sender.said()) - then * HOUR) < A_MINUTE
