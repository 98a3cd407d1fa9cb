"""DBOS: a queued workflow with one step, which sends."""

from __future__ import annotations

import os
import threading

from dbos import DBOS, DBOSClient, DBOSConfig

from tests.peers.adapters import handing

QUEUE = "mails"
LIMIT = os.environ.get("PEER_DBOS_MAX_RECOVERY_ATTEMPTS")
LIMITS = {} if LIMIT is None else {"max_recovery_attempts": int(LIMIT)}


@DBOS.step()
def send(key: str) -> None:
    handing.send(key)


@DBOS.workflow(**LIMITS)
def deliver(key: str) -> None:
    send(key)


def hand_in() -> None:
    launch()
    for key in handing.mails():
        client().enqueue(
            {"queue_name": QUEUE, "workflow_name": deliver.__qualname__, "workflow_id": key},
            key,
        )


def work() -> None:
    launch()
    DBOS.register_queue(QUEUE)
    threading.Event().wait()


def books() -> None:
    states = {flow.workflow_id: flow.status for flow in client().list_workflows()}
    handing.show(states, done=["SUCCESS"], unknown=["MAX_RECOVERY_ATTEMPTS_EXCEEDED"])


def launch() -> None:
    config: DBOSConfig = {"name": "peers", "system_database_url": handing.dsn()}
    DBOS(config=config)
    DBOS.launch()


def client() -> DBOSClient:
    return DBOSClient(system_database_url=handing.dsn())


if __name__ == "__main__":
    handing.main(hand_in=hand_in, work=work, books=books)
