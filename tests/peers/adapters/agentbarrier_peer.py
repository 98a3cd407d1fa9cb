"""AgentBarrier: a protected function, approved by a person, called again until it is done."""

from __future__ import annotations

import os
import threading

from agentbarrier.errors import ActionInProgress, ActionOutcomeUnknown, ApprovalRequired
from agentbarrier.models import Decision
from agentbarrier.runtime import (
    PolicyEffect,
    PolicyRule,
    RuntimeBarrier,
    RuntimePolicy,
    SQLiteRuntimeStore,
)

from tests.peers.adapters import handing

TOOL = "mail.send"
POLICY = RuntimePolicy(
    version="mails-v1",
    rules=(PolicyRule("review mails", PolicyEffect.REQUIRE_APPROVAL, tool=TOOL),),
)


def store() -> SQLiteRuntimeStore:
    lease = float(os.environ["PEER_LEASE"])
    return SQLiteRuntimeStore(os.environ["PEER_FILE"], execution_lease_seconds=lease)


def call_each() -> None:
    """What the agent does, again and again: call the tool, and hear what became of it."""
    barrier = RuntimeBarrier(policy=POLICY, store=store(), namespace="peers")
    safe_send = barrier.protect(handing.send, tool_name=TOOL, idempotency_key="key")
    for key in handing.mails():
        try:
            safe_send(key)
        except (ApprovalRequired, ActionInProgress, ActionOutcomeUnknown):
            continue


def hand_in() -> None:
    call_each()
    actions = store()
    for action in actions.list_actions():
        actions.decide(action.action_id, Decision.APPROVE, decided_by="ada")


def work() -> None:
    while True:
        call_each()
        threading.Event().wait(1)


def books() -> None:
    states = {action.idempotency_key: action.status.value for action in store().list_actions()}
    handing.show(states, done=["succeeded"], unknown=["unknown"])


if __name__ == "__main__":
    handing.main(hand_in=hand_in, work=work, books=books)
