"""What waits too long is said once for each step, and goes on waiting."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from consumers import sweeping
from outbox import Intent
from outbox.desk import Desk
from outbox.gauges import StateGauges
from outbox.ledger import Ledger
from outbox.policy.steps import Step
from outbox.queries import reader
from outbox.store import Connection, call, connect
from schemas.events import StageEvent, to_record
from tests.deploy.command import holdshort
from tests.parts import journey, policies
from tests.parts.journey import kinds_of, state_of
from tests.parts.policies import tier

WITHIN = {"remind": "4h", "escalate": "1d", "to": ["olga", "cy"]}


def waited(db: Connection, intent: Intent, hours: float) -> None:
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - make_interval(secs => %s) WHERE id = %s",
        (hours * 3600, intent.id),
    )


def said(db: Connection) -> list[tuple[int, str]]:
    return [(id, str(step)) for id, step in Ledger(db, worker="sweeper-1").remind()]


@pytest.mark.parametrize(
    ("hours", "steps"),
    [(3.9, []), (4.1, ["reminded"]), (25, ["reminded", "escalated"])],
)
def test_a_step_is_due_once_so_long_was_waited(
    db: Connection, hours: float, steps: list[str]
) -> None:
    policies.put(db, tier(1, within=WITHIN))
    intent = journey.awaiting(db)
    waited(db, intent, hours)

    first, second = said(db), said(db)

    assert sorted(first) == sorted((intent.id, step) for step in steps)
    assert second == []
    assert state_of(db, intent.id) == "awaiting_approval"
    told = [kind for kind in kinds_of(db, intent.id) if kind in list(Step)]
    assert sorted(told) == sorted(steps)


def test_of_several_tiers_the_first_that_ends_counts_and_all_hear_of_it(
    db: Connection,
) -> None:
    sooner = {"escalate": "2h", "to": ["lea"]}
    policies.put(
        db,
        tier(1, within=WITHIN),
        tier(1, within=sooner, to="*@example.org"),
        tier(1, within={"remind": "1s"}, tenant="others"),
    )
    intent = journey.awaiting(db)
    waited(db, intent, 3)

    assert said(db) == [(intent.id, "escalated")]

    [(evidence,)] = db.execute("SELECT evidence FROM outbox.receipt WHERE kind = 'escalated'")
    assert evidence["to"] == ["lea"]
    waited(db, intent, 30)
    assert {step for _, step in said(db)} == {"reminded", "escalated"}  # it waits anew
    assert overdue_names(db) == ["cy", "lea", "olga"]


def overdue_names(db: Connection) -> list[str]:
    [(names,)] = db.execute("SELECT names FROM outbox.overdue() WHERE step = 'escalated'")
    return list(names)


def test_what_does_not_wait_for_a_person_is_never_overdue(db: Connection) -> None:
    policies.put(db, tier(1, within=WITHIN))
    decided, done = journey.awaiting(db), journey.proposed(db)
    Desk(db, actor="ada").reject(decided.id, reason="no")
    waited(db, decided, 99)
    waited(db, done, 99)

    assert said(db) == []


def test_where_no_tier_says_within_nothing_is_overdue(db: Connection) -> None:
    waited(db, journey.awaiting(db), 9999)

    assert said(db) == []


def test_of_two_sweepers_at_once_one_says_it(dsn: str, db: Connection) -> None:
    policies.put(db, tier(1, within=WITHIN))
    for _ in range(5):
        waited(db, journey.awaiting(db), 5)

    def sweep(_: int) -> int:
        with closing(connect(dsn, application="tests")) as connection:
            return len(said(connection))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sweep, range(4))) <= 5
    said(db)
    assert db.execute(
        "SELECT count(*) FROM outbox.receipt WHERE kind = 'reminded'"
    ).fetchall() == [(5,)]


def test_a_sweeper_says_it_and_kafka_hears_where_it_waits(db: Connection) -> None:
    policies.put(db, tier(1, within=WITHIN))
    intent = journey.awaiting(db)
    waited(db, intent, 5)

    assert sweeping.look(Ledger(db, worker="sweeper-1")) == 1

    columns = "seq, intent_id, version, digest, state, source, role, at, traceparent, notice"
    named = columns.split(", ")
    with db.transaction():
        rows = call(
            db, "claim_unpublished", shards=16, per_shard=99, fence=dt.timedelta(seconds=9)
        ).fetchall()
    last = StageEvent.model_validate(dict(zip(named, rows[-1], strict=True)))
    assert (last.state, last.source, last.role, last.notice) == (
        *("awaiting_approval", "awaiting_approval", "sweeper"),
        Step.REMINDED,
    )
    assert to_record(last).topic == "holdshort.intent.reminded.v1"
    moves = [StageEvent.model_validate(dict(zip(named, row, strict=True))) for row in rows[:-1]]
    assert all(move.notice is None for move in moves)


def test_what_is_overdue_is_listed_and_counted_whether_or_not_it_was_said(
    dsn: str, db: Connection
) -> None:
    policies.put(db, tier(1, within=WITHIN))
    long, short = journey.awaiting(db), journey.awaiting(db)
    waited(db, long, 25)
    waited(db, short, 5)
    said(db)

    listed = holdshort("list", "--overdue", dsn=dsn)

    assert listed.code == 0, listed
    lines = listed.out.splitlines()
    assert len(lines) == 3
    assert "escalated to cy, olga" in listed.out
    engine = reader(dsn)
    [family] = [
        one for one in StateGauges(engine.connect).collect() if one.name == "holdshort_overdue"
    ]
    counted = {sample.labels["step"]: sample.value for sample in family.samples}
    assert counted == {"reminded": 2, "escalated": 1}
