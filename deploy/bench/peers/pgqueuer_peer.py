"""PgQueuer by its performance guide: asyncpg, uvloop, large batches, its own autovacuum."""

from __future__ import annotations

import asyncio
import os
import sys

import asyncpg
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from deploy.bench.peers.saying import Count, wait_for_the_gate

BATCH = 500
AT_ONCE = 1000


async def driver() -> AsyncpgDriver:
    return AsyncpgDriver(await asyncpg.connect(os.environ["BENCH_DSN"]))


async def fill(total: int) -> None:
    queries = Queries(await driver())
    if not await queries.has_table("pgqueuer"):
        await queries.install()
        await queries.optimize_autovacuum()
    for begun in range(0, total, AT_ONCE):
        number = min(AT_ONCE, total - begun)
        await queries.enqueue(["nothing"] * number, [None] * number, [0] * number)


async def work() -> None:
    pgq, count = PgQueuer(await driver()), Count()

    @pgq.entrypoint("nothing")
    async def nothing(_: Job) -> None:
        count.one_more()

    wait_for_the_gate()
    telling = asyncio.create_task(count.tell_again_and_again())
    await pgq.run(batch_size=BATCH)
    telling.cancel()


if __name__ == "__main__":
    uvloop.run(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else work())
