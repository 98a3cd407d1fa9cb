"""What workers, the sweeper, time and the wire do meanwhile."""

from __future__ import annotations

import datetime as dt
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from outbox.claim import SCORE, SEND
from outbox.desk import Outbound
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.ledger.random.acting import ANY, MANY, Acting
from tests.ledger.random.wire import KINDS, VERDICTS, Bytes, Hand
from tests.parts.journey import SECOND, a_score, let_leases_expire

WORKERS = st.sampled_from(("worker-1", "worker-2"))
NO_PAUSE = dt.timedelta(0)
ARRIVALS = (Bytes.ACCEPTED, Bytes.ACCEPTED, Bytes.ACCEPTED, Bytes.REFUSED, Bytes.LOST)


class Working(Acting):
    """A hand keeps its claim for as long as it likes: that is what a pause is."""

    def __init__(self, db: Connection) -> None:
        super().__init__(db)
        self.hands: list[Hand] = []
        self.sweeper = Ledger(db, worker="sweeper-1")

    def hand(self, pick: int) -> Hand:
        return self.hands[pick % len(self.hands)]

    @initialize(first=st.sampled_from((None, Bytes.IN_FLIGHT, Bytes.ACCEPTED)))
    def begin_where_it_may_go_wrong(self, first: Bytes | None) -> None:
        """Two of three lives begin on the wire, and nobody has read an answer yet."""
        if first is not None:
            self.propose(1, 1)
            self.bring_to_the_wire()
            for hand in self.wire.where(Bytes.IN_FLIGHT):
                hand.bytes = first

    @rule(worker=WORKERS)
    def claim_to_send(self, worker: str) -> None:
        ledger = Ledger(self.db, worker=worker)
        self.hands += [Hand(ledger, claim) for claim in ledger.claim(SEND)]

    @rule(pick=ANY, threshold=st.sampled_from((0.3, 0.9)))
    def score_and_route(self, pick: int, threshold: float) -> None:
        """The first one dies; it is swept with the others."""
        for claim in self.sweeper.claim(SCORE)[1:]:
            self.attempt(partial(self.sweeper.score, claim, a_score(pick / 5)))
        self.sweeper.route(threshold=threshold)

    @precondition(lambda self: self.hands)
    @rule(pick=ANY)
    def permit(self, pick: int) -> None:
        self.permit_of(self.hand(pick))

    def permit_of(self, hand: Hand) -> None:
        if self.attempt(partial(hand.ledger.permit, hand.claim, enough=SECOND)):
            self.wire.permitted(hand)

    @precondition(lambda self: self.hands)
    @rule()
    def ask_for_permits_while_the_switch_is_off(self) -> None:
        self.person.flip(Outbound.OFF)
        for hand in self.hands:
            assert not self.attempt(partial(hand.ledger.permit, hand.claim, enough=SECOND))
        assert self.sweeper.claim(SEND) == []
        self.person.flip(Outbound.ON)

    @rule()
    def bring_to_the_wire(self) -> None:
        """The common way, in one step: else few lives get beyond it."""
        self.bring_to_approval()
        for worker in ("worker-1", "worker-2"):
            self.claim_to_send(worker)
        for hand in self.hands:
            self.permit_of(hand)
        for hand in self.wire.where(Bytes.HELD):
            hand.bytes = Bytes.IN_FLIGHT

    @rule(worker=WORKERS)
    def claim_and_pause(self, worker: str) -> None:
        """For longer than the lease; what it does when it goes on is another step."""
        self.bring_to_approval()
        self.claim_to_send(worker)
        self.sweep()

    @rule()
    def bring_back(self) -> None:
        """What a person may do about the stranded, in one step."""
        self.sweep()
        self.resolve(State.IN_REVIEW)

    @rule(where=st.sampled_from(ARRIVALS))
    def bring_to_the_end(self, where: Bytes) -> None:
        """What is on its way arrives, and whoever still waits reads the answer."""
        for hand in (*self.wire.where(Bytes.HELD), *self.wire.where(Bytes.IN_FLIGHT)):
            hand.bytes = where
        for hand in list(self.hands):
            self.verdict_of(hand)

    @precondition(lambda self: self.wire.where(Bytes.HELD))
    @rule(pick=ANY)
    def write(self, pick: int) -> None:
        held = self.wire.where(Bytes.HELD)
        held[pick % len(held)].bytes = Bytes.IN_FLIGHT

    @precondition(lambda self: self.wire.where(Bytes.IN_FLIGHT))
    @rule(where=st.sampled_from(ARRIVALS))
    def arrive(self, where: Bytes) -> None:
        """Whether or not anybody still waits for it."""
        for hand in self.wire.where(Bytes.IN_FLIGHT):
            hand.bytes = where

    @precondition(lambda self: self.hands)
    @rule(pick=ANY)
    def settle(self, pick: int) -> None:
        self.verdict_of(self.hand(pick))

    def verdict_of(self, hand: Hand) -> None:
        """What the hand has seen, in time or late; of silence it knows nothing."""
        target = VERDICTS.get(hand.bytes, State.STRANDED)
        verdict = partial(hand.ledger.settle, hand.claim, target)
        self.attempt(partial(verdict, kind=KINDS[target], evidence={}))
        self.drop(hand)

    @precondition(lambda self: self.hands)
    @rule(pick=ANY)
    def put_back(self, pick: int) -> None:
        hand = self.hand(pick)
        done = self.attempt(
            partial(hand.ledger.put_back, hand.claim, pause=NO_PAUSE, evidence={})
        )
        assert not (done and hand.bytes)
        if hand.bytes is None:
            self.drop(hand)

    def drop(self, hand: Hand) -> None:
        """What was not written now never is."""
        if hand.bytes is Bytes.HELD:
            hand.bytes = Bytes.LOST
        self.hands.remove(hand)

    @rule()
    def let_leases_run_out(self) -> None:
        let_leases_expire(self.db)

    @rule()
    def sweep(self) -> None:
        let_leases_expire(self.db)
        self.sweeper.sweep()

    @rule(worker=WORKERS)
    def renew(self, worker: str) -> None:
        """Nobody gets back a lease that is not theirs, or that has run out."""
        everybodys = [hand.claim.fence for hand in self.hands]
        held = Ledger(self.db, worker=worker).renew(everybodys, SEND.lease)
        fences = "SELECT fence FROM outbox.intent WHERE leased_by = %s"
        rows = self.db.execute(fences + " AND lease_expires_at > now()", (worker,))
        assert held == {fence for (fence,) in rows} & set(everybodys)

    @precondition(lambda self: self.wire.is_quiet())
    @rule()
    def ten_minutes_pass(self) -> None:
        """By now nothing that was written can still arrive."""
        self.db.execute("UPDATE outbox.intent SET moved_at = moved_at - interval '11 minutes'")

    @precondition(lambda self: self.steps > MANY)
    @rule(pick=ANY)
    def the_last_day_passes(self, pick: int) -> None:
        self.db.execute(
            "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
            " not_after = now() - interval '1 second' WHERE id = %s",
            (self.one(pick),),
        )
        self.sweeper.expire()
