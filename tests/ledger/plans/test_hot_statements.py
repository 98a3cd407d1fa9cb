"""No statement that a stage runs again and again goes through what grows, however it is asked.

The plans are those that PostgreSQL really ran, of functions, triggers and foreign keys, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from deploy.local.databases import temporary_database
from outbox.store import Connection, connect
from schemas.groups import GROUPS, SEES
from tests.ledger.plans.life import Hands, grown
from tests.ledger.plans.watching import Plan, Watched
from tests.parts import journey
from tests.parts.logins import logins_of

TURNS = 7
"""More than the five after which a session keeps one plan for whatever arguments."""
STAGES = (
    *("agent", "scorer", "router", "granter", "sender", "sweeper"),
    *("relay", "attester", "notifier"),
)
RARE = {SEES, "look_up", "hold", "edit", "decide", "hold_proposed", "epoch_refusal"}
"""Asked for by other functions, or once by a person or an agent about one intent."""
FEW = {
    *("move", "lease", "shard", "switch", "log", "epoch", "route"),
    *("tenancy", "policy", "standing_grant", "delegation", "cap", "quiet_hours"),
    *("token", "token_use", "cell"),
    *("seed", "decoy", "met", "second_look", "tightening"),
}
"""What is written by people, or once, and is read whole since it is small."""
EMPTY = {"event_1", "event_2", "event_rest"}
"""Partitions of what is to come, in which there is nothing yet."""
QUEUES = {"notified", "unattested", "unpublished_0", "unpublished_1", "unpublished_2"}
"""What is in them is work: nothing else is ever found in one."""
OF_THE_SERVER = {"pg_database", "pg_inherits", "event_seq_seq"}


@pytest.fixture(scope="module")
def full(server_dsn: str, template: str) -> Iterator[Connection]:
    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
    ):
        journey.arm(dsn)
        logins_of(dsn)
        grown(dsn, db)
        yield db


@pytest.fixture(scope="module")
def plans(full: Connection) -> Iterator[dict[str, list[Plan]]]:
    """What every stage has done in some turns."""
    with ExitStack() as stack:
        dsn = full.info.dsn
        watched = {role: stack.enter_context(Watched(dsn, f"local_{role}")) for role in STAGES}
        hands = Hands(full, watched)
        for _ in range(TURNS):
            hands.turn()
        yield {role: one.plans for role, one in watched.items()}


@pytest.mark.parametrize("role", STAGES)
def test_a_stage_goes_through_nothing_that_grows(
    plans: dict[str, list[Plan]], role: str
) -> None:
    gone_through = {
        (table, " ".join(plan.statement.split())[:200])
        for plan in plans[role]
        for table in plan.whole_tables()
        if table not in FEW | EMPTY | QUEUES | OF_THE_SERVER
    }

    assert gone_through == set()


def test_everything_that_a_stage_calls_again_and_again_was_watched(
    plans: dict[str, list[Plan]],
) -> None:
    said = "\n".join(plan.statement for role in STAGES for plan in plans[role])
    watched = set(re.findall(r"FROM outbox\.(\w+)\(", said))
    called = {
        name
        for group in GROUPS
        if group.name.removeprefix("holdshort_") in STAGES
        for name in group.calls
    }

    assert called - RARE - watched == set()


def test_whatever_is_gone_through_is_seen(full: Connection) -> None:
    with Watched(full.info.dsn, "local_attester") as watched:
        watched.connection.execute("SELECT FROM outbox.receipt WHERE actor = 'nobody'")

    assert "receipt" in watched.plans[-1].whole_tables()
