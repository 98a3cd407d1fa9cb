"""Relays to test: in threads where they end well, in processes where they are killed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager

from deploy.stages import publishing
from outbox.cluster import Cluster

_PROGRAM = (
    "import sys, threading; from deploy.stages import publishing;"
    " from outbox.cluster import Cluster;"
    " publishing(sys.argv[1], Cluster(sys.argv[2]), threading.Event())"
)


def relays(dsn: str, bootstrap: str, *, count: int = 1) -> AbstractContextManager[None]:
    """So many relays to a broker that asks for nothing."""
    return relays_to(dsn, Cluster(bootstrap), count=count)


@contextmanager
def relays_to(dsn: str, cluster: Cluster, *, count: int = 1) -> Iterator[None]:
    """So many relays until the end of the block; raises what any of them raised."""
    stop = threading.Event()
    with ThreadPoolExecutor(count) as pool:
        running = [pool.submit(publishing, dsn, cluster, stop) for _ in range(count)]
        try:
            yield
        finally:
            stop.set()
        for one in running:
            one.result()


@contextmanager
def relay_process(dsn: str, bootstrap: str) -> Iterator[subprocess.Popen[bytes]]:
    """A relay that is SIGKILLed at the end of the block, at the latest."""
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM, dsn, bootstrap])
    try:
        yield process
    finally:
        process.kill()
        process.wait()
