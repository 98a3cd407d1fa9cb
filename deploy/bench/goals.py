"""Every goal, with everybody who takes part."""

from __future__ import annotations

from deploy.bench.frame import Demand, Goal
from deploy.bench.queues import Queue, draining

WORKERS = 4
PGQUEUER = Queue(
    name="PgQueuer",
    package="pgqueuer",
    adapter="pgqueuer_peer",
    left="SELECT count(*) FROM pgqueuer",
)
PG_BOSS = Queue(
    name="pg-boss",
    package="pg-boss",
    adapter="pg_boss_peer.mjs",
    left="SELECT count(*) FROM pgboss.job WHERE state < 'completed'",
)
GRAPHILE_WORKER = Queue(
    name="graphile-worker",
    package="graphile-worker",
    adapter="graphile_worker_peer.mjs",
    left="SELECT count(*) FROM graphile_worker._private_jobs",
    jobs=(100_000, 25_000),
)
PROCRASTINATE = Queue(
    name="procrastinate",
    package="procrastinate",
    adapter="procrastinate_peer",
    left="SELECT count(*) FROM procrastinate_jobs",
    jobs=(2_000, 500),
)

TRANSITIONS = Goal(
    number=2,
    name="transitions",
    said="a stage of ours is as fast as a no-op of a plain queue",
    contestants=tuple(
        draining(one, WORKERS) for one in (PGQUEUER, PG_BOSS, GRAPHILE_WORKER, PROCRASTINATE)
    ),
    demands=(Demand(of="PgQueuer"),),
)

GOALS = (TRANSITIONS,)
