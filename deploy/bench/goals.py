"""Every goal, with everybody who takes part and what is demanded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deploy.bench import barrier, mailing, relaying_debezium, relaying_ours, submitting
from deploy.bench.flat.contestants import (
    EMPTY,
    FINISHED,
    FREE,
    FULL,
    PINNED,
    finished,
    pinned,
)
from deploy.bench.frame import Demand, Goal
from deploy.bench.pipeline.contestant import named, pipeline
from deploy.bench.queues import Queue, draining
from outbox.errors import NotFound

NEVER_FALLS = 0.97
"""What is left by the noise of a busy machine."""
TEAMS = (1, 2, 4, 8)
WORKERS = 4
SENDING = (8, 32)
"""How many threads a sending process has."""

PIPELINE = Goal(
    number=1,
    name="pipeline",
    said="the whole pipeline, everything on: 5,000 items/s, and more workers never cost any",
    contestants=(*map(pipeline, TEAMS), barrier.guarding(1), barrier.guarding(8)),
    demands=(
        Demand(of=named(8), least=5_000),
        Demand(of=named(8), to=barrier.named(8), least=20),
        *(
            Demand(of=named(more), to=named(fewer), least=NEVER_FALLS)
            for fewer, more in pairwise(TEAMS)
        ),
        Demand(of=barrier.named(8), to=barrier.named(1)),
    ),
)

PGQUEUER = Queue(
    name="PgQueuer",
    package="pgqueuer",
    adapter="pgqueuer_peer",
    left="SELECT count(*) FROM pgqueuer",
    jobs=(80_000, 20_000),
)
PG_BOSS = Queue(
    name="pg-boss",
    package="pg-boss",
    adapter="pg_boss_peer.mjs",
    left="SELECT count(*) FROM pgboss.job WHERE state < 'completed'",
    jobs=(120_000, 30_000),
)
GRAPHILE_WORKER = Queue(
    name="graphile-worker",
    package="graphile-worker",
    adapter="graphile_worker_peer.mjs",
    left="SELECT count(*) FROM graphile_worker._private_jobs",
    jobs=(200_000, 50_000),
)
PROCRASTINATE = Queue(
    name="procrastinate",
    package="procrastinate",
    adapter="procrastinate_peer",
    left="SELECT count(*) FROM procrastinate_jobs",
    jobs=(3_000, 1_000),
)
QUEUES = (PGQUEUER, PG_BOSS, GRAPHILE_WORKER, PROCRASTINATE)

TRANSITIONS = Goal(
    number=2,
    name="transitions",
    said="a stage of ours is as fast as a no-op of a plain queue",
    contestants=(pipeline(WORKERS), *(draining(one, WORKERS) for one in QUEUES)),
    demands=(
        Demand(of=named(WORKERS), to=PGQUEUER.name, figure="stages", least=1),
        Demand(of=named(WORKERS), to=PG_BOSS.name, figure="stages", least=1),
        Demand(of=named(WORKERS), to=PROCRASTINATE.name, figure="stages", least=50),
        Demand(of=named(WORKERS), to=GRAPHILE_WORKER.name, figure="stages"),
        *(Demand(of=named(WORKERS), to=one.name, figure="moves") for one in QUEUES),
    ),
    drawn="stages",
    unit="stages/s",
)

RELAY = Goal(
    number=3,
    name="relay",
    said="the relay is 1.2 times as fast as Debezium in a sixth of its memory, and soon",
    contestants=(
        relaying_ours.RELAY,
        relaying_debezium.POLLING,
        relaying_debezium.AS_IT_COMES,
    ),
    demands=(
        Demand(of=relaying_ours.NAME, to=relaying_debezium.TUNED, least=1.2),
        Demand(of=relaying_ours.NAME, to=relaying_debezium.TUNED, figure="rss", most=1 / 6),
        Demand(of=relaying_ours.NAME, figure="p99", most=0.05),
        Demand(of=relaying_debezium.TUNED, figure="p99"),
        Demand(of=relaying_debezium.DEFAULT, figure="p99"),
    ),
    unit="events/s",
)

SUBMIT = Goal(
    number=5,
    name="submit",
    said="to propose inside the caller's transaction adds 1.5 ms at most to the bare INSERT",
    contestants=(submitting.SUBMITTING,),
    demands=(Demand(of=submitting.NAME, figure="added", most=0.0015),),
)

IDLE = Goal(
    number=4,
    name="idle",
    said="an idle transaction held open takes a fifth of the rate at most",
    contestants=(pinned(FREE, idle=False), pinned(PINNED, idle=True)),
    demands=(
        Demand(of=PINNED, to=FREE, figure="per cpu", least=0.8),
        Demand(of=PINNED, to=FREE, figure="queue"),
    ),
    drawn="per cpu",
    unit="items/s of processor",
)

MAILS = Goal(
    number=6,
    name="mail",
    said="one sender hands 1,000 mails a second to a server that answers at once, each known"
    " within 10 ms of its permit",
    contestants=tuple(map(mailing.mailing, SENDING)),
    demands=(
        Demand(of=mailing.named(max(SENDING)), least=1_000),
        Demand(of=mailing.named(min(SENDING)), figure="p99", most=0.01),
        Demand(of=mailing.named(max(SENDING)), figure="p99"),
    ),
    unit="mails/s",
)

FINISHED_LONG_AGO = Goal(
    number=7,
    name="finished",
    said="what is finished costs a tenth at most",
    contestants=(finished(EMPTY, (0, 0)), finished(FULL, FINISHED)),
    demands=(Demand(of=FULL, to=EMPTY, figure="per cpu", least=0.9),),
    drawn="per cpu",
    unit="items/s of processor",
)

GOALS = (PIPELINE, TRANSITIONS, RELAY, IDLE, SUBMIT, MAILS, FINISHED_LONG_AGO)


def named_like(names: Sequence[str]) -> list[Goal]:
    """The goals of these numbers or names; without any, all.  Raises `NotFound`."""
    unknown = {*names} - {name for one in GOALS for name in (one.name, str(one.number))}
    if unknown:
        known = ", ".join(f"{one.number} {one.name}" for one in GOALS)
        raise NotFound(f"no goal is called {unknown.pop()}", hint=f"there are: {known}")
    return [one for one in GOALS if not names or {one.name, str(one.number)} & {*names}]
