"""PgQueuer: an entrypoint that sends."""

from __future__ import annotations

import asyncio
import datetime as dt

import psycopg
from pgqueuer import PgQueuer
from pgqueuer.db import PsycopgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from tests.peers.adapters import handing

HEARTBEAT = dt.timedelta(seconds=5)
LOOK = dt.timedelta(seconds=2)


async def driver() -> PsycopgDriver:
    connection = await psycopg.AsyncConnection.connect(handing.dsn(), autocommit=True)
    return PsycopgDriver(connection)


async def hand_in() -> None:
    queries = Queries(await driver())
    await queries.install()
    for key in handing.mails():
        await queries.enqueue("send", key.encode())


async def work() -> None:
    pgq = PgQueuer(await driver())

    @pgq.entrypoint("send")
    async def send(job: Job) -> None:
        await asyncio.to_thread(handing.send, (job.payload or b"").decode())

    await pgq.run(heartbeat_timeout=HEARTBEAT, dequeue_timeout=LOOK)


async def books() -> None:
    """Its table holds what is queued or picked; what is done has gone into its log."""
    connection = await psycopg.AsyncConnection.connect(handing.dsn(), autocommit=True)
    rows = await connection.execute("SELECT payload, status FROM pgqueuer")
    states = dict.fromkeys(handing.mails(), "done")
    states |= {bytes(payload).decode(): status async for payload, status in rows}
    handing.show(states, done=["done"], unknown=["failed"])


if __name__ == "__main__":
    handing.main(
        hand_in=lambda: asyncio.run(hand_in()),
        work=lambda: asyncio.run(work()),
        books=lambda: asyncio.run(books()),
    )
