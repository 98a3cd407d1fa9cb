"""The database ends and comes back while a mail is under way: none leaves twice."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests.chaos.faults import SHUTDOWNS
from tests.faults.sending import Interrupted, channel_to, sender, sender_over
from tests.parts import journey
from tests.parts.journey import state_of
from tests.parts.servers import OwnDatabase


@pytest.fixture(scope="module")
def database(room: Path) -> Iterator[OwnDatabase]:
    """A server that the test may end in any way."""
    with OwnDatabase(room / "ended") as database:
        upgrade(database.dsn)
        journey.arm(database.dsn)
        yield database


def one_look_over(channel: Interrupted, dsn: str) -> int:
    """A sender with one mail."""
    with connect(dsn, application="tests") as connection:
        id = journey.approved(connection).id
        journey.switch_on(connection)
        sender_over(channel, connection, dsn=dsn).look()
    return id


def its_successor_looks(db: Connection, sink: MailSink) -> None:
    """What a sender does that is started later, once the first one's lease is over."""
    journey.let_leases_expire(db)
    Ledger(db, worker="sweeper-1").sweep()
    db.execute("UPDATE outbox.intent SET due_at = now()")
    sender(db, sink).look()


@pytest.fixture(params=list(SHUTDOWNS.values()), ids=list(SHUTDOWNS))
def restart(database: OwnDatabase, request: pytest.FixtureRequest) -> Callable[[], None]:
    how: signal.Signals = request.param
    return lambda: database.restart(how)


@pytest.mark.fault("17 database restarted before the permit")
def test_a_restart_before_the_permit_sends_nothing_then_and_once_later(
    database: OwnDatabase, sink: MailSink, restart: Callable[[], None]
) -> None:
    id = one_look_over(Interrupted(channel_to(sink), before=restart), database.dsn)

    with connect(database.dsn, application="tests") as db:
        left, mails = state_of(db, id), sink.accepted()
        its_successor_looks(db, sink)

        assert (left in ("approved", "sending"), mails) == (True, [])
        assert (state_of(db, id), len(sink.accepted())) == ("sent", 1)


@pytest.mark.fault("17 database restarted after the permit")
def test_what_was_answered_during_a_restart_is_recorded_after_it(
    database: OwnDatabase, sink: MailSink, restart: Callable[[], None]
) -> None:
    id = one_look_over(Interrupted(channel_to(sink), after=restart), database.dsn)

    with connect(database.dsn, application="tests") as db:
        its_successor_looks(db, sink)

        assert (state_of(db, id), len(sink.accepted())) == ("sent", 1)
        assert journey.kinds_of(db, id).count("sent") == 1
