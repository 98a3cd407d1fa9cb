"""What a person has decided on, or a granter once approved, is left to people."""

from __future__ import annotations

import datetime as dt

import pytest

from outbox.desk import Desk
from outbox.lifecycle import Role
from outbox.store import Connection
from tests.parts import journey
from tests.parts.granting import given, granted
from tests.parts.journey import state_of
from tests.parts.policies import put, tier


def edited(db: Connection, id: int) -> None:
    Desk(db, actor="bob").edit(id, journey.mail("Mended"), digest=journey.seen(db, id))
    journey.score_and_route(db)


def endorsed(db: Connection, id: int) -> None:
    seen = journey.seen(db, id)
    put(db, tier(2))
    Desk(db, actor="bob").approve(id, digest=seen, valid_for=journey.HOUR)
    put(db)


def deferred(db: Connection, id: int) -> None:
    """It waits for a person, who has had other things to do."""
    seen, until = journey.seen(db, id), dt.datetime.now(dt.UTC) + journey.HOUR
    Desk(db, actor="bob").defer(id, digest=seen, until=until)


def sent_back(db: Connection, id: int) -> None:
    journey.send_back(db, id)
    agent = Desk(db, actor="tests", role=Role.AGENT)
    agent.edit(id, journey.mail("Mended"), digest=journey.seen(db, id))
    journey.score_and_route(db)


def returned(db: Connection, id: int) -> None:
    """A person has revoked what they approved; another version waits again."""
    seen = journey.seen(db, id)
    Desk(db, actor="bob").approve(id, digest=seen, valid_for=journey.HOUR)
    Desk(db, actor="bob").revoke(id, reason="look again")
    edited(db, id)


@pytest.mark.parametrize("decide", [edited, endorsed, deferred, sent_back, returned])
def test_what_a_person_has_decided_on_is_left_to_people(db: Connection, decide: object) -> None:
    intent = journey.awaiting(db)
    decide(db, intent.id)  # type: ignore[operator]
    given(db)

    granted(db)

    assert state_of(db, intent.id) == "awaiting_approval"


def test_what_a_person_has_rejected_stays_so(db: Connection) -> None:
    intent = journey.awaiting(db)
    Desk(db, actor="bob").reject(intent.id, reason="no")
    given(db)

    granted(db)

    assert state_of(db, intent.id) == "rejected"


def test_what_was_approved_once_is_approved_again_only_by_a_person(db: Connection) -> None:
    given(db)
    intent = journey.awaiting(db)
    granted(db)
    agent = Desk(db, actor="tests", role=Role.AGENT)
    agent.edit(intent.id, journey.mail("Mended"), digest=journey.seen(db, intent.id))
    journey.score_and_route(db)

    granted(db)

    assert state_of(db, intent.id) == "awaiting_approval"
