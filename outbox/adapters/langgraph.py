"""A node for LangGraph that proposes, and rests until a person has decided.

    def send(state):
        standing = decided(way, artifact=Email(...), key=f"invoice-{state['invoice']}")
        return {"outcome": standing.said}

The graph is interrupted with where the intent stands.  Resume it whenever you like, such as on
a recorded move of that intent: the node begins anew, the same key finds the same intent, and
only what the ledger says is a decision, not the value that you resume with.
"""

from __future__ import annotations

from langgraph.types import interrupt

from outbox.adapters.saying import Standing
from outbox.adapters.ways import Way
from outbox.intent import Artifact, Proposal
from outbox.words import UNDECIDED


def decided(way: Way, *, artifact: Artifact, key: str) -> Standing:
    """Where the intent stands once a person has decided; it takes a checkpointer to wait.

    Raises what `outbox.agents.Agent.propose` does.
    """
    with way() as agent:
        found, _ = agent.propose(Proposal(artifact=artifact, key=key, producer=""))
    while (standing := _look(way, found.id)).state in UNDECIDED:
        interrupt(standing.model_dump(mode="json"))
    return standing


def _look(way: Way, id: int) -> Standing:
    with way() as agent:
        return Standing.of(*agent.look(id))
