"""Erasure: what an intent said is taken away for good, and its receipts stay true.

The bytes of every version go, and the secret under which all digests of the intent are
keyed: what is left names them, and nobody can tell any more what it names.  To whom it was
and what a scorer found in it go along, in one transaction, with one more receipt.
"""

from __future__ import annotations

from typing import NamedTuple

from outbox.errors import BadSettings, Conflict
from outbox.held import hold
from outbox.lifecycle import FINAL, WAITING, State
from outbox.limits.names import address
from outbox.store import Connection, call, doubts, refusals, sql


class Addressed(NamedTuple):
    """An intent that was to somebody."""

    id: int
    state: State


class Eraser:
    """The hands of one person who erases, and says why."""

    def __init__(self, connection: Connection, *, actor: str, reason: str) -> None:
        if not actor.strip():
            raise BadSettings("an erasure names who asked for it", hint="add --by NAME")
        self._connection = connection
        self._by = {"actor": actor, "reason": reason}

    def erase(self, id: int) -> None:
        """Erase what intent `id` said.

        Raises `Conflict` where more can become of it, where it still counts for a cap on its
        recipients, and where it is erased already.
        """
        look = f"see whether it was erased: holdshort show {id}"
        with refusals(), doubts(self._connection, hint=look), self._connection.transaction():
            check_final(Addressed(id, State(hold(self._connection, id).state)))
            call(self._connection, "erase", id=id, **self._by)

    def addressed(self, to: str) -> list[Addressed]:
        """Every intent that was ever to this address.  Raises `BadSettings` if it is none."""
        rows = self._connection.execute(sql("addressed"), {"address": address(to)})
        return [Addressed(id, State(state)) for id, state in rows]


def check_final(one: Addressed) -> None:
    """Raise `Conflict`, with the next command, where more can become of it."""
    # The database refuses it anyway; this says what to do about it.
    if one.state in FINAL:
        return
    hint = f"wait until it is settled: holdshort show {one.id}"
    if one.state in WAITING:
        hint = f"first: holdshort withdraw {one.id} --reason WHY --by NAME"
    if one.state is State.STRANDED:
        hint = f"first: holdshort resolve {one.id} --as sent|given-up --reason WHY --by NAME"
    raise Conflict(f"intent {one.id} is {one.state}: more can become of it", hint=hint)
