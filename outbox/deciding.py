"""One decision: the intent is held, what was read is what stands, and a receipt is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.types.json import Jsonb

from outbox import tracing
from outbox.errors import BadArtifact, BadSettings, IllegalMove
from outbox.failpoints import Point, reach
from outbox.held import Held, hold
from outbox.lifecycle import MOVES, Role, State
from outbox.seen import check_seen, current
from outbox.store import Connection, call, doubts, refusals

OUTCOMES = {"sent": State.SENT, "not-sent": State.IN_REVIEW, "given-up": State.REJECTED}
"""What a person may say became of a stranded intent, and where that leads."""


class Decider:
    """The hands of one person, or of the agent that proposed.  Raises `BadSettings`."""

    def __init__(self, connection: Connection, actor: str, role: Role) -> None:
        if not actor.strip():
            raise BadSettings("a decision names who took it", hint="add --by NAME")
        self.connection = connection
        self.role = role
        self.by = {"actor": actor, "role": role}

    @contextmanager
    def holding(self, id: int, digest: str | None = None) -> Iterator[Held]:
        """Keep everyone else from deciding on it until the block ends, in one transaction.

        Raises `Conflict` if its manifest is not, or no longer, the one with `digest`; of what
        could never be sent, which has none, it names the bytes.  None asks nothing.
        """
        look = f"see whether it was decided: holdshort show {id}"
        with refusals(), doubts(self.connection, hint=look), self.connection.transaction():
            held = hold(self.connection, id)
            reach(Point.HELD)
            if digest is not None and not self._is_read_as_bytes(held, digest):
                check_seen(self.connection, id, digest)
            with tracing.of("decide", held):
                yield held

    def _is_read_as_bytes(self, held: Held, digest: str) -> bool:
        if digest != held.digest:
            return False
        try:
            current(self.connection, held.id)
        except BadArtifact:
            return True
        return False

    def decide(self, held: Held, target: State, kind: str, evidence: dict[str, str]) -> None:
        self.may_become(held, target)
        self.write("decide", held, target=target, kind=kind, evidence=Jsonb(evidence))

    def may_become(self, held: Held, target: State) -> None:
        # The database refuses it anyway; this says it in words.
        if (held.state, target, self.role) not in MOVES:
            raise IllegalMove(
                f"intent {held.id} is {held.state}: no {self.role} can make it {target}"
            )

    def write(self, function: str, held: Held, **arguments: Any) -> Any:
        tracing.note(decision=str(arguments.get("kind", function)))
        named = {"id": held.id, "digest": held.digest, **self.by, **arguments}
        return call(self.connection, function, **named)
