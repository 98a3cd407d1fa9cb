"""procrastinate: many at once in one worker, and nothing kept of what is done."""

from __future__ import annotations

import asyncio
import os
import sys

from procrastinate import App, PsycopgConnector

from deploy.bench.peers.saying import Count, wait_for_the_gate

AT_ONCE = 1000
THERE = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS there"
CONCURRENCY = 5
app = App(connector=PsycopgConnector(conninfo=os.environ["BENCH_DSN"], max_size=10))
count = Count()


@app.task(name="nothing")
async def nothing() -> None:
    count.one_more()


async def fill(total: int) -> None:
    async with app.open_async():
        found = await app.connector.execute_query_one_async(THERE)
        if not found["there"]:
            await app.schema_manager.apply_schema_async()
        for begun in range(0, total, AT_ONCE):
            await nothing.batch_defer_async(*[{}] * min(AT_ONCE, total - begun))


async def work() -> None:
    async with app.open_async():
        wait_for_the_gate()
        telling = asyncio.create_task(count.tell_again_and_again())
        await app.run_worker_async(concurrency=CONCURRENCY, delete_jobs="always")
        telling.cancel()


if __name__ == "__main__":
    asyncio.run(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else work())
