"""Scenes of grants and delegations under the policy: each shows what a guard is there for."""

from __future__ import annotations

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.ledger.guards.delegating import yes
from tests.ledger.guards.granting import under
from tests.parts import journey
from tests.parts.granting import delegated, given
from tests.parts.journey import SECOND
from tests.parts.policies import put, tier


def permitted(db: Connection) -> str:
    ledger = Ledger(db, worker="worker-1")
    [claim] = ledger.claim(SEND)
    return answer(db, lambda: ledger.permit(claim, enough=SECOND))


def a_grant_is_used_only_where_its_giver_alone_is_enough(db: Connection) -> None:
    intent, grant = journey.awaiting(db), given(db, giver="Ada", signer=None)
    put(db, tier(2))
    assert under(db, (intent, grant)) == []
    put(db, tier(1, "finance"), groups={"finance": ["bob"]})
    assert under(db, (intent, grant)) == []
    put(db, tier(1, "finance"), groups={"finance": ["ada"]})
    assert under(db, (intent, grant)) == [intent.id]
    put(db, tier(1))
    intent = journey.awaiting(db)
    assert under(db, (intent, grant)) == [intent.id]


def a_grant_of_whoever_wrote_it_is_used_by_a_sole_operator_only(db: Connection) -> None:
    journey.switch_on(db)
    intent, grant = journey.awaiting(db), given(db, giver="tests", signer=None)
    assert under(db, (intent, grant)) == []
    put(db, alone=True)
    assert under(db, (intent, grant)) == [intent.id]
    put(db)
    assert permitted(db) == "policy_changed"


def a_delegate_counts_in_the_place_of_the_delegator(db: Connection) -> None:
    put(db, tier(1, "finance"), groups={"finance": ["ada"]})
    intent, other = journey.awaiting(db), journey.awaiting(db)
    assert yes(db, other, "bob") == "done"
    assert yes(db, intent, "bob", delegated(db, delegator="Ada", signer=None)) == "done"
    state = "SELECT string_agg(state, ' ' ORDER BY id) FROM outbox.intent"
    assert one(db, state) == "approved awaiting_approval"


def nobody_approves_what_their_delegator_has_written(db: Connection) -> None:
    journey.switch_on(db)
    intent, delegation = journey.awaiting(db), delegated(db)
    seen = journey.seen(db, intent.id)
    Desk(db, actor="ada").edit(intent.id, journey.mail("New"), digest=seen)
    journey.score_and_route(db)
    assert yes(db, intent, "bob", delegation) == "Conflict"
    put(db, alone=True)
    assert yes(db, intent, "bob", delegation) == "done"
    put(db)
    assert permitted(db) == "policy_changed"


SCENES = (
    a_grant_is_used_only_where_its_giver_alone_is_enough,
    a_grant_of_whoever_wrote_it_is_used_by_a_sole_operator_only,
    a_delegate_counts_in_the_place_of_the_delegator,
    nobody_approves_what_their_delegator_has_written,
)
