"""A connection that breaks at COMMIT: what happened is found out, never guessed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import psycopg
import pytest

from consumers.approved import Approved
from consumers.authority import Answers, by_name
from deploy.local.sink import MailSink
from outbox.desk import Desk, Outbound
from outbox.errors import CommitUnknown, GateClosed, LeaseLost
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.journey import SECOND, state_of
from tests.parts.proxy import COMMIT, Cut, DatabaseProxy, asks

TIMES = 20
SETTLE = b"FROM outbox.settle("


@pytest.fixture
def proxy(dsn: str) -> Iterator[DatabaseProxy]:
    with contextlib.closing(DatabaseProxy(dsn)) as proxy:
        yield proxy


def sent_with_a_cut(
    db: Connection, proxy: DatabaseProxy, sink: MailSink, cut: Cut, at: bytes = COMMIT
) -> int:
    """Let one sender send one approved intent over a connection that is cut."""
    id = journey.approved(db).id
    journey.switch_on(db)
    with connect(proxy.dsn, application="tests") as connection:
        proxy.cut(cut, asks(at))
        sender(connection, sink, dsn=proxy.dsn).look()
    return id


def attempts(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.attempt").fetchall()
    return int(count)


def test_a_permit_that_committed_unheard_is_used_once(
    db: Connection, proxy: DatabaseProxy, sink: MailSink
) -> None:
    ids = [sent_with_a_cut(db, proxy, sink, Cut.AFTER) for _ in range(TIMES)]

    assert proxy.cuts == attempts(db) == TIMES
    assert {state_of(db, id) for id in ids} == {"sent"}
    assert len(sink.accepted()) == TIMES


def test_a_permit_that_did_not_commit_sends_nothing_and_leaves_the_approval(
    db: Connection, proxy: DatabaseProxy, sink: MailSink
) -> None:
    ids = [sent_with_a_cut(db, proxy, sink, Cut.BEFORE) for _ in range(TIMES)]

    assert proxy.cuts == TIMES
    assert attempts(db) == 0
    assert {state_of(db, id) for id in ids} <= {"approved", "sending"}
    assert sink.accepted() == []


def test_while_nobody_can_know_nothing_is_sent_and_nothing_is_decided(
    db: Connection, proxy: DatabaseProxy, sink: MailSink
) -> None:
    id = sent_with_a_cut(db, proxy, sink, Cut.HELD)

    assert state_of(db, id) == "sending"
    assert journey.kinds_of(db, id)[-1] == "approved"
    assert attempts(db) == 0
    assert sink.accepted() == []


def test_what_was_not_permitted_is_sent_once_later(
    db: Connection, proxy: DatabaseProxy, sink: MailSink
) -> None:
    id = sent_with_a_cut(db, proxy, sink, Cut.BEFORE)
    journey.let_leases_expire(db)
    Ledger(db, worker="sweeper-1").sweep()
    db.execute("UPDATE outbox.intent SET due_at = now()")

    sender(db, sink).look()

    assert state_of(db, id) == "sent"
    assert len(sink.accepted()) == 1


def test_a_transaction_that_nobody_knows_never_sends(
    db: Connection, dsn: str, sink: MailSink
) -> None:
    ledger = Ledger(db, worker="worker-1")
    with connect(dsn, application="tests") as running, running.transaction():
        [(open_still,)] = running.execute("SELECT pg_current_xact_id()::text").fetchall()
        assert ledger.committed(CommitUnknown("", transaction=open_still)) is None
    assert ledger.committed(CommitUnknown("", transaction=open_still)) is True
    assert ledger.committed(CommitUnknown("", transaction="3")) in (None, True)
    assert ledger.committed(CommitUnknown("")) is False


def test_a_refusal_whose_transaction_committed_unheard_is_no_permit(
    db: Connection, proxy: DatabaseProxy, sink: MailSink
) -> None:
    id = journey.approved(db).id
    journey.switch_on(db)
    with connect(proxy.dsn, application="tests") as connection:

        def too_late(held: Sequence[Approved]) -> Answers:
            Desk(db, actor="ada").flip(Outbound.OFF)
            proxy.cut(Cut.AFTER, asks(COMMIT))
            return by_name(held)

        sender(connection, sink, dsn=proxy.dsn, authority=too_late).look()

    assert proxy.cuts == 1
    assert sink.accepted() == []
    assert (attempts(db), state_of(db, id)) == (0, "approved")


@pytest.mark.fault("13 receipt committed unheard")
@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_an_outcome_whose_commit_nobody_heard_is_recorded_exactly_once(
    db: Connection, proxy: DatabaseProxy, sink: MailSink, cut: Cut
) -> None:
    id = sent_with_a_cut(db, proxy, sink, cut, at=SETTLE)

    assert proxy.cuts == 1
    assert state_of(db, id) == "sent"
    assert journey.kinds_of(db, id).count("sent") == 1
    assert len(sink.accepted()) == 1


def test_a_sender_that_stops_before_its_commit_keeps_nobody_from_the_switch(
    db: Connection, dsn: str
) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    with connect(dsn, application="tests") as paused:
        paused.execute("BEGIN")
        Ledger(paused, worker="worker-1").permit(claim, enough=SECOND)
        Desk(db, actor="ada").flip(Outbound.OFF)  # waits, but not for long

        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            paused.execute("COMMIT")
    with pytest.raises((GateClosed, LeaseLost)):
        ledger.permit(claim, enough=SECOND)
    assert attempts(db) == 0
