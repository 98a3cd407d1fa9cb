"""The whole pipeline, each process and each person under a login of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from deploy.local.stack import key_in
from deploy.supervisor import Supervisor
from deploy.watching import Watch
from outbox import proofs, queries, submit
from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.errors import NotAllowed
from outbox.intent import Proposal
from outbox.lifecycle import Role, State
from outbox.store import Connection, connect
from tests.crash.pipeline import IN_FLIGHT, PATIENCE, WITH_MACHINES, environment_of
from tests.parts import journey
from tests.parts.logins import logins_of

STAGES = ("relay", "scorer", "router", "sender", "sweeper", "attester")
PEOPLE = ("agent", "reviewer", "operator")
HOUR = dt.timedelta(hours=1)
CONNECTED = (
    "SELECT DISTINCT usename::text FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name IN ('holdshort stage', 'holdshort-relay', 'holdshort sender')"
)


@pytest.fixture
def logins(dsn: str) -> dict[str, str]:
    return logins_of(dsn)


@pytest.fixture
def people(logins: dict[str, str]) -> Iterator[dict[str, Connection]]:
    with ExitStack() as all:
        yield {
            role: all.enter_context(connect(logins[role], application="tests"))
            for role in PEOPLE
        }


def proposal(number: int) -> Proposal:
    return Proposal(artifact=journey.mail(f"Mail {number}"), key=str(number), producer="tests")


@pytest.mark.kafka
def test_a_mail_goes_all_the_way_and_nobody_has_done_more_than_its_part(
    tmp_path: Path,
    dsn: str,
    db: Connection,
    logins: dict[str, str],
    people: dict[str, Connection],
    kafka: str,
    sink: MailSink,
) -> None:
    watch = Watch(queries.reader(logins["reader"]), PATIENCE)
    environment = environment_of(dsn, kafka, sink)
    environment["HOLDSHORT_ATTEST_KEY_FILE"] = str(key_in(tmp_path))
    desk, operator = (
        Desk(people["reviewer"], actor="ada"),
        Desk(people["operator"], actor="grace"),
    )

    with Supervisor(tmp_path, environment, logins) as run:
        for role in STAGES:
            run.start(role)
        kept, taken_back = (submit(people["agent"], proposal(number)) for number in range(2))
        watch.until(lambda n: not any(n[s] for s in WITH_MACHINES), "all awaits a person")
        Desk(people["agent"], actor="eve", role=Role.AGENT).withdraw(taken_back.id, reason="x")
        digest = journey.seen(people["reviewer"], kept.id)
        desk.approve(kept.id, digest=digest, valid_for=HOUR)
        operator.arm(Site())
        operator.flip(Outbound.ON)
        watch.until(lambda n: not any(n[s] for s in IN_FLIGHT), "all is settled")
        watch.until(lambda _: told(logins["reader"]), "all is published and attested")
        connected = db.execute(CONNECTED).fetchall()

    assert [watch.counts()[state] for state in (State.SENT, State.WITHDRAWN)] == [1, 1]
    assert len(sink.accepted()) == 1
    assert {login for (login,) in connected} == {f"local_{role}" for role in STAGES}


def told(reader: str) -> bool:
    with queries.reader(reader).connect() as connection:
        return not queries.unpublished(connection) + proofs.unattested(connection)


def test_a_receipt_names_the_actor_and_who_was_really_connected(
    db: Connection, people: dict[str, Connection]
) -> None:
    submit(people["agent"], proposal(1))
    Desk(people["operator"], actor="grace").flip(Outbound.OFF)

    written = db.execute(
        "SELECT kind, actor, login FROM outbox.receipt ORDER BY id DESC LIMIT 2"
    )

    assert written.fetchall() == [
        ("switch", "grace", "local_operator"),
        ("persisted", "tests", "local_agent"),
    ]


def test_what_is_not_ones_part_is_refused_in_words(people: dict[str, Connection]) -> None:
    intent = submit(people["agent"], proposal(1))

    with pytest.raises(NotAllowed, match="refuses"):
        Desk(people["operator"], actor="grace").reject(intent.id, reason="x")
    with pytest.raises(NotAllowed):
        submit(people["reviewer"], proposal(2))
