"""What a worker in Python says, and when: only the standard library."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

EVERY = 0.02
"""Seconds between two lines."""


def wait_for_the_gate() -> None:
    """Say that all is ready, and wait until it begins."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not os.path.exists(os.environ["BENCH_GATE"]):
        time.sleep(0.001)


class Count:
    """How much this worker has done."""

    def __init__(self) -> None:
        self.done = 0
        self._first = 0.0

    def one_more(self) -> None:
        """To be called at each."""
        if not self.done:
            self._first = time.monotonic()
        self.done += 1

    def tell(self) -> None:
        """Say how far it is."""
        said = json.dumps({"done": self.done, "first": self._first} if self.done else {})
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()

    async def tell_again_and_again(self) -> None:
        """Until it is cancelled, whenever it is further."""
        told = 0
        while True:
            await asyncio.sleep(EVERY)
            if self.done > told:
                told = self.done
                self.tell()
