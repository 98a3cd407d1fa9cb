"""AgentBarrier: a call that its policy allows at once, on its default, one SQLite file.

The file has room for nothing else, and nobody is asked: submit, claim, call, complete.
"""

from __future__ import annotations

import json
import os
import sys
import time

from agentbarrier.runtime import (
    PolicyEffect,
    PolicyRule,
    RuntimeBarrier,
    RuntimePolicy,
    SQLiteRuntimeStore,
)

from deploy.bench.peers.saying import wait_for_the_gate

TOOL = "mail.send"
POLICY = RuntimePolicy(
    version="bench-v1", rules=(PolicyRule("allow mails", PolicyEffect.ALLOW, tool=TOOL),)
)


def work() -> None:
    """Call for so many seconds."""
    store = SQLiteRuntimeStore(os.environ["BENCH_FILE"])
    barrier = RuntimeBarrier(policy=POLICY, store=store, namespace="bench")
    send = barrier.protect(lambda key: key, tool_name=TOOL, idempotency_key="key")
    who, seconds, done = os.environ["BENCH_NUMBER"], float(os.environ["BENCH_SECONDS"]), 0
    wait_for_the_gate()
    begun = time.monotonic()
    while (took := time.monotonic() - begun) < seconds:
        send(f"{who}-{begun}-{done}")
        done += 1
    sys.stdout.write(json.dumps({"done": done, "rate": done / took}) + "\n")


if __name__ == "__main__":
    work()
