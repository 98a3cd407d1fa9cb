"""procrastinate: a deferred call; with the documented retry of stalled ones, if asked for."""

from __future__ import annotations

import asyncio
import os

from procrastinate import App, JobContext, PsycopgConnector

from tests.peers.adapters import handing

HEARTBEAT, STALLED = 2, 6  # seconds
RETRY = "PEER_RETRY_STALLED" in os.environ
app = App(connector=PsycopgConnector(conninfo=handing.dsn()))


@app.task(name="send")
def send(key: str) -> None:
    handing.send(key)


if RETRY:

    @app.periodic(cron="* * * * * */5")
    @app.task(queueing_lock="retry_stalled", pass_context=True)
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await app.job_manager.retry_job(stalled)


async def hand_in() -> None:
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for key in handing.mails():
            await send.defer_async(key=key)


async def work() -> None:
    async with app.open_async():
        await app.run_worker_async(
            update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=STALLED
        )


async def books() -> None:
    """A stalled one is for a person to see, unless the periodic retry will have it."""
    async with app.open_async():
        rows = await app.job_manager.list_jobs_async(task="send")
        states = {str(row.task_kwargs["key"]): str(row.status) for row in rows}
        for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            if not RETRY:
                states[str(stalled.task_kwargs["key"])] = "stalled"
    handing.show(states, done=["succeeded", "failed"], unknown=["stalled"])


if __name__ == "__main__":
    handing.main(
        hand_in=lambda: asyncio.run(hand_in()),
        work=lambda: asyncio.run(work()),
        books=lambda: asyncio.run(books()),
    )
