"""A life in random order: the real ledger and desk, two workers, people, and a wire."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from outbox import Email, Proposal, submit
from outbox.desk import Desk
from outbox.errors import Conflict, GateClosed, IllegalMove, LeaseLost
from outbox.lifecycle import Role, State
from outbox.store import Connection
from tests.ledger.random import books
from tests.ledger.random.wire import Wire
from tests.parts.journey import HOUR, mail, score_and_route, seen

MAILS = (mail("Your invoice"), mail("Another subject"), mail("A third one"))
ANY = st.integers(min_value=0, max_value=5)
"""Picks one of whatever there is."""
DECIDING = (Role.HUMAN, Role.AGENT)
MANY = 20
"""Steps before anybody ends a life for good: else few have one."""
REFUSALS = (Conflict, GateClosed, IllegalMove, LeaseLost)
"""Refusals in words.  A constraint that has no words here is a mistake of ours."""


class Acting(RuleBasedStateMachine):
    """What an agent and people may try at any time."""

    def __init__(self, db: Connection) -> None:
        super().__init__()
        self.db = db
        self.wire = Wire()
        self.ids: list[int] = []
        self.desks = {role: Desk(db, actor=role, role=role) for role in DECIDING}
        self.person = self.desks[Role.HUMAN]
        self.steps = 0
        books.emptied(db)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Whether it was done, not refused."""
        self.steps += 1
        try:
            act()
        except REFUSALS:
            return False
        return True

    def one(self, pick: int) -> int:
        return self.ids[pick % len(self.ids)]

    @initialize()
    def begin(self) -> None:
        for key in (1, 2):
            self.propose(key, key)

    @rule(key=st.integers(min_value=1, max_value=3), pick=ANY)
    def propose(self, key: int, pick: int) -> None:
        artifact = MAILS[pick % len(MAILS)]
        proposal = Proposal(artifact=artifact, key=f"key-{key}", producer="tests")
        try:
            intent = submit(self.db, proposal)
        except Conflict:
            return
        if intent.id not in self.ids:
            self.ids.append(intent.id)

    @rule()
    def bring_to_approval(self) -> None:
        """The common way, in one step: else few lives get beyond it."""
        score_and_route(self.db)
        for pick in range(len(self.ids)):
            self.approve(pick)

    @rule(pick=ANY)
    def approve(self, pick: int) -> None:
        id = self.one(pick)
        self.attempt(partial(self.person.approve, id, digest=seen(self.db, id), valid_for=HOUR))

    @rule(pick=ANY)
    def revoke(self, pick: int) -> None:
        self.attempt(partial(self.person.revoke, self.one(pick), reason="wrong customer"))

    @rule(pick=ANY, artifact=st.sampled_from(MAILS), by=st.sampled_from(DECIDING))
    def edit(self, pick: int, artifact: Email, by: Role) -> None:
        id = self.one(pick)
        editor = Desk(self.db, actor="editor", role=by)  # who edits may not approve
        self.attempt(partial(editor.edit, id, artifact, digest=seen(self.db, id)))

    @precondition(lambda self: self.steps > MANY)
    @rule(pick=ANY, by=st.sampled_from(DECIDING))
    def reject(self, pick: int, by: Role) -> None:
        done = self.attempt(partial(self.desks[by].reject, self.one(pick), reason="no"))
        assert not (done and by is Role.AGENT)

    @precondition(lambda self: self.steps > MANY)
    @rule(pick=ANY, by=st.sampled_from(DECIDING))
    def withdraw(self, pick: int, by: Role) -> None:
        self.attempt(partial(self.desks[by].withdraw, self.one(pick), reason="paid"))

    @rule(said=st.sampled_from((State.IN_REVIEW, State.IN_REVIEW, State.SENT, State.REJECTED)))
    def resolve(self, said: State) -> None:
        """A person says what is there by now; "not sent" is refused until it is quiet."""
        for id in self.ids:
            there = self.wire.has(id)
            if said is State.REJECTED or there is (said is State.SENT):
                self.attempt(partial(self.person.resolve, id, said, reason="looked it up"))
