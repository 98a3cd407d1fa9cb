"""A sender paused for twice its lease wakes up as a zombie: it does no harm.

The paused one and its successor each have a mail server, so that both may act.
"""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from consumers.authority import by_name
from consumers.channels.smtp import Security, Smtp
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.sending import Sender
from deploy.local.children import Child
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import LeaseLost
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection, connect
from tests.channels import rig as rigs
from tests.channels.rig import MAIL, Authority, Rig
from tests.channels.scripted_smtp import Act
from tests.faults.sending import LEASE, approved_for_the_rig
from tests.parts import journey
from tests.parts.journey import state_of
from tests.parts.logins import logins_of
from tests.parts.waiting import stands_still, wait_until

PATIENCE = dt.timedelta(seconds=40)
BEFORE_THE_DOT = ("banner", "ehlo", "auth", "mail", "rcpt2", "data")


class Pausing(dict[str, Act]):
    """A script that stops its client when it is first asked for one point."""

    def __init__(self, usual: dict[str, Act], point: str) -> None:
        super().__init__(usual)
        self._point = point
        self.client: Child | None = None
        self.stopped = threading.Event()

    def get(self, point: str, default: Act | None = None) -> Act | None:  # type: ignore[override]
        if point == self._point and self.client and not self.stopped.is_set():
            pid = self.client.pid
            self.client.signal(signal.SIGSTOP)
            wait_until(lambda: stands_still(pid), PATIENCE, "each of its threads stands still")
            self.stopped.set()
        return super().get(point, default)


@pytest.fixture
def servers(authority: Authority) -> Iterator[tuple[Rig, Rig]]:
    """The one of the sender that is paused, and the one of its successor."""
    tls = authority.context("localhost")
    way = Security.IMPLICIT_TLS
    with (
        rigs.serving(way, tls, authority.file, {}) as first,
        rigs.serving(way, tls, authority.file, {}) as second,
    ):
        yield first, second


@pytest.fixture
def run(tmp_path: Path, dsn: str, servers: tuple[Rig, Rig]) -> Iterator[Supervisor]:
    where = servers[0].smarthost
    url = f"smtps://{where.login}:{quote(where.password)}@{where.host}:{where.port}"
    environment = Stack(dsn, "", url, where.ca_file, None).environment(
        dsn, smtp_senders=MAIL.sender, send_lease="2s", look_every="200ms", sender_threads="1"
    )
    with Supervisor(tmp_path, environment, logins_of(dsn)) as supervisor:
        yield supervisor


def paused_at(point: str, run: Supervisor, server: Rig) -> Child:
    """A sender that is stopped as soon as its server comes to this point."""
    script = Pausing(dict(server.server.script), point)
    server.server.script = script
    client = script.client = run.start("sender")
    wait_until(script.stopped.is_set, PATIENCE, f"the sender comes to {point}")
    return client


def let_twice_the_lease_pass(db: Connection) -> None:
    late = "SELECT FROM outbox.intent WHERE lease_expires_at < now() - interval '2 seconds'"
    wait_until(lambda: bool(db.execute(late).fetchall()), PATIENCE, "the lease is long over")
    Ledger(db, worker="sweeper-1").sweep()


def successor_looks(dsn: str, server: Rig) -> None:
    with connect(dsn, application="tests") as connection:
        Sender(
            Ledger(connection, worker="successor"),
            {"email": Smtp(server.smarthost)},
            Leases(LEASE),
            Halt("email", dt.timedelta(seconds=30)),
            lambda: pytest.fail("its connection broke"),
            authority=by_name,
        ).look()


def wakes_up(sender: Child, *says: str) -> None:
    sender.signal(signal.SIGCONT)
    sender.wait_until(lambda: any(words in sender.said() for words in says), PATIENCE)


@pytest.mark.parametrize("point", BEFORE_THE_DOT)
@pytest.mark.fault("6 paused in mid-send")
@pytest.mark.fault("14 stopped before the permit")
def test_a_sender_paused_before_the_dot_gets_no_permit_when_it_wakes_up(
    dsn: str, db: Connection, run: Supervisor, servers: tuple[Rig, Rig], point: str
) -> None:
    id = approved_for_the_rig(db)
    zombie = paused_at(point, run, servers[0])

    let_twice_the_lease_pass(db)
    successor_looks(dsn, servers[1])
    wakes_up(zombie, "lease lost")

    assert [len(rig.server.mails) for rig in servers] == [0, 1]
    assert state_of(db, id) == "sent"
    assert len(db.execute("SELECT FROM outbox.attempt").fetchall()) == 1


@pytest.mark.fault("14 stopped after the permit")
@pytest.mark.fault("14 late result")
def test_a_sender_paused_after_the_dot_strands_and_its_late_result_is_kept(
    dsn: str, db: Connection, run: Supervisor, servers: tuple[Rig, Rig]
) -> None:
    id = approved_for_the_rig(db)
    zombie = paused_at("dot", run, servers[0])

    let_twice_the_lease_pass(db)
    successor_looks(dsn, servers[1])
    while_paused = state_of(db, id)
    wakes_up(zombie, "send settled")
    wait_until(lambda: state_of(db, id) == "sent", PATIENCE, "the late result settles it")

    assert while_paused == "stranded"
    assert [len(rig.server.mails) for rig in servers] == [1, 0]
    assert journey.kinds_of(db, id)[-2:] == ["stranded", "sent"]


@pytest.mark.fault("14 late result")
def test_a_late_result_is_kept_even_where_a_person_has_decided(
    dsn: str, db: Connection, run: Supervisor, servers: tuple[Rig, Rig]
) -> None:
    id = approved_for_the_rig(db)
    zombie = paused_at("dot", run, servers[0])

    let_twice_the_lease_pass(db)
    Desk(db, actor="ada").resolve(id, State.REJECTED, reason="given up")
    wakes_up(zombie, "lease lost")

    assert state_of(db, id) == "rejected"
    assert journey.kinds_of(db, id)[-2:] == ["resolved", "sent"]
    assert [len(rig.server.mails) for rig in servers] == [1, 0]


@pytest.mark.fault("6 paused in mid-send")
def test_a_sender_paused_while_the_body_is_under_way_sends_at_most_once(
    dsn: str, db: Connection, run: Supervisor, servers: tuple[Rig, Rig]
) -> None:
    approved_for_the_rig(db)
    zombie = paused_at("body", run, servers[0])

    let_twice_the_lease_pass(db)
    successor_looks(dsn, servers[1])
    wakes_up(zombie, "lease lost", "send settled")

    assert sum(len(rig.server.mails) for rig in servers) <= 1


@pytest.mark.fault("6 paused in mid-send")
def test_a_zombie_can_do_nothing_to_what_its_successor_holds(db: Connection) -> None:
    zombie, successor = Ledger(db, worker="zombie"), Ledger(db, worker="successor")
    old = journey.claimed(db, zombie)
    journey.let_leases_expire(db)
    Ledger(db, worker="sweeper-1").sweep()
    [new] = successor.claim(SEND)

    with pytest.raises(LeaseLost):
        zombie.permit(old, enough=journey.SECOND)
    with pytest.raises(LeaseLost):
        zombie.put_back(old, pause=journey.SECOND, evidence={})
    with pytest.raises(LeaseLost):
        zombie.settle(old, State.STRANDED, kind="stranded", evidence={})

    successor.permit(new, enough=journey.SECOND)
    assert state_of(db, old.id) == "releasing"
