"""Every state, and every move from one to another."""

from __future__ import annotations

from deploy.reference.table import head, table
from outbox.lifecycle import FINAL, LEASES, MOVES, State

_SAID = """\
The law: what is no row of the second table cannot happen, for a foreign key in the database
compares every change of state with it. No row leads from `releasing` or `stranded` to anything
that a machine may send."""


def page() -> str:
    states = [state for state in State if state is not State.UNBORN]
    order = list(State)
    moves = sorted(MOVES, key=lambda m: (order.index(m.source), order.index(m.target), m.by))
    return (
        head("States and moves", _SAID)
        + f"\n{len(states)} states:\n\n"
        + table(("state", "kind"), ((f"`{state}`", _kind(state)) for state in states))
        + f"\n{len(moves)} moves:\n\n"
        + table(
            ("from", "to", "who"), ((f"`{m.source}`", f"`{m.target}`", m.by) for m in moves)
        )
    )


def _kind(state: State) -> str:
    for lease in LEASES:
        if lease.state is state:
            swept = f"leased; when the lease ends it is swept to `{lease.on_expiry}`"
            last = f", after {lease.max_claims} claims to `{lease.exhausted}`"
            return swept + (last if lease.exhausted is not lease.on_expiry else "")
    return "final" if state in FINAL else "waits"
