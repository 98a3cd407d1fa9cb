"""A person asks the agent for another version, and says why; a no says why, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.desk import Desk
from outbox.errors import BadSettings, Conflict, IllegalMove
from outbox.ledger import Ledger
from outbox.lifecycle import MOVES, Role, State
from outbox.reasons import Because
from outbox.store import Connection
from schemas.events import TOPICS, topic_of
from tests.erasure.test_erasing import NOT_FINAL
from tests.parts import journey, policies
from tests.parts.journey import HOUR, mail, state_of

BACK = {move.source for move in MOVES if move.target is State.SENT_BACK}


def sent_back(db: Connection, id: int, digest: str, by: Role = Role.HUMAN) -> None:
    desk = Desk(db, actor="ada", role=by)
    desk.send_back(id, digest=digest, because=Because.WRONG_AMOUNT, reason="it is 70, not 700")


def test_a_person_asks_the_agent_for_another_version_and_says_why(db: Connection) -> None:
    intent = journey.awaiting(db)

    sent_back(db, intent.id, journey.seen(db, intent.id))

    assert state_of(db, intent.id) == "sent_back"
    [told] = db.execute(
        "SELECT kind, role, actor, digest, evidence FROM outbox.receipt"
        " ORDER BY id DESC LIMIT 1"
    ).fetchall()
    why = {"because": "wrong_amount", "reason": "it is 70, not 700"}
    assert told == ("sent_back", "human", "ada", intent.digest, why)


def test_kafka_hears_of_it_like_of_every_move(db: Connection) -> None:
    journey.sent_back(db)

    heard = db.execute(
        "SELECT source, target, role FROM outbox.event JOIN outbox.unpublished USING (seq)"
        " ORDER BY seq DESC LIMIT 1"
    ).fetchall()
    assert heard == [("awaiting_approval", "sent_back", "human")]
    assert topic_of(State.SENT_BACK) in TOPICS


@pytest.mark.parametrize("by", [Role.AGENT, Role.HUMAN])
def test_it_comes_again_as_a_new_version_that_is_scored_and_that_nobody_has_approved(
    db: Connection, by: Role
) -> None:
    id = journey.sent_back(db).id
    old = journey.seen(db, id)

    edited = Desk(db, actor="eve", role=by).edit(id, mail("It is 70"), digest=old)

    assert (edited.version, state_of(db, id)) == (2, "submitted")
    journey.score_and_route(db)
    assert state_of(db, id) == "awaiting_approval"
    with pytest.raises(Conflict, match="is now version 2"):
        Desk(db, actor="ada").approve(id, digest=old, valid_for=HOUR)
    journey.approve(db, id)
    assert state_of(db, id) == "approved"


def test_nobody_approves_what_was_sent_back(db: Connection) -> None:
    id = journey.sent_back(db).id

    with pytest.raises(IllegalMove, match="is sent_back: no human can make it approved"):
        journey.approve(db, id)

    assert db.execute("SELECT FROM outbox.approval").fetchall() == []


def test_the_yes_of_one_of_two_is_void_once_it_was_sent_back(db: Connection) -> None:
    policies.put(db, policies.tier(2))
    intent = journey.awaiting(db)
    policies.yes(db, intent, "bob")
    journey.send_back(db, intent.id)
    agent = Desk(db, actor="tests", role=Role.AGENT)
    agent.edit(intent.id, mail("It is 70"), digest=journey.seen(db, intent.id))
    journey.score_and_route(db)

    assert policies.yes(db, intent, "cy") == 1
    assert policies.yes(db, intent, "bob") == 0


@pytest.mark.parametrize("state", sorted(set(NOT_FINAL) - BACK))
def test_only_what_waits_for_a_person_is_sent_back(db: Connection, state: State) -> None:
    id = NOT_FINAL[state](db, Ledger(db, worker="worker-1"))

    with pytest.raises(IllegalMove):
        journey.send_back(db, id)

    assert state_of(db, id) == state


def test_an_agent_sends_nothing_back(db: Connection) -> None:
    intent = journey.awaiting(db)

    with pytest.raises(IllegalMove, match="no agent can"):
        sent_back(db, intent.id, journey.seen(db, intent.id), by=Role.AGENT)

    assert state_of(db, intent.id) == "awaiting_approval"


def test_it_is_rejected_withdrawn_or_expires_where_it_is(db: Connection) -> None:
    one, other, third = (journey.sent_back(db).id for _ in range(3))

    Desk(db, actor="ada").reject(one, because=Because.DUPLICATE, reason="sent yesterday")
    Desk(db, actor="tests", role=Role.AGENT).withdraw(other, reason="no longer")
    db.execute(
        "UPDATE outbox.intent SET not_before = now() - interval '2 days',"
        " not_after = now() - interval '1 day' WHERE id = %s",
        (third,),
    )
    Ledger(db, worker="sweeper-1").expire()

    states = [state_of(db, id) for id in (one, other, third)]
    assert states == ["rejected", "withdrawn", "expired"]


DECISIONS: dict[str, Callable[[Desk, int, str], None]] = {
    "send back": lambda desk, id, digest: desk.send_back(
        id, digest=digest, because=Because.NOT_NOW, reason="later"
    ),
    "reject": lambda desk, id, digest: desk.reject(id, reason="no", digest=digest),
    "withdraw": lambda desk, id, digest: desk.withdraw(id, reason="no", digest=digest),
}


@pytest.mark.parametrize("decision", DECISIONS.values(), ids=list(DECISIONS))
def test_what_changed_since_it_was_read_is_not_decided(
    db: Connection, decision: Callable[[Desk, int, str], None]
) -> None:
    id = journey.awaiting(db).id
    old = journey.seen(db, id)
    Desk(db, actor="eve").edit(id, mail("Other bytes"), digest=old)
    journey.score_and_route(db)
    desk = Desk(db, actor="ada")

    with pytest.raises(Conflict, match=r"is now version 2 .*headers\.subject"):
        decision(desk, id, old)

    assert state_of(db, id) == "awaiting_approval"
    decision(desk, id, journey.seen(db, id))
    assert state_of(db, id) != "awaiting_approval"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_no_without_a_reason_is_none(db: Connection, reason: str) -> None:
    id = journey.awaiting(db).id

    with pytest.raises(BadSettings, match="says why"):
        Desk(db, actor="ada").reject(id, because=Because.POLICY, reason=reason)

    assert state_of(db, id) == "awaiting_approval"
