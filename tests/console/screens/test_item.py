"""The page of an intent says what is known of it, and what is like it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy

from outbox.errors import NotFound
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.screens.item import item
from outbox.screens.timeline import Moved, Receipted
from outbox.store import Connection
from tests.parts import journey
from tests.parts.policies import put, tier


def test_earlier_mail_to_the_same_people_is_shown_with_what_became_of_it(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    lost = journey.stranded(db, ledger)
    journey.awaiting(db, journey.mail(to="bob@example.org"))
    intent = journey.awaiting(db)
    journey.awaiting(db)

    earlier = item(look, intent.id).earlier

    assert [(row.id, row.state) for row in earlier] == [(lost.id, "stranded")]


def test_near_duplicates_say_in_what_they_are_alike(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db, journey.mail("Your invoice"))
    same = journey.awaiting(db, journey.mail("Re: your  INVOICE"))
    body = journey.awaiting(db, journey.mail("Another subject"))
    journey.awaiting(db, journey.mail("Your invoice", to="bob@example.org"))

    alike = item(look, intent.id).alike

    assert [(one.row.id, one.subject, one.body) for one in alike] == [
        (body.id, False, True),
        (same.id, True, True),
    ]


def test_the_rulings_say_whose_yes_is_missing(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    finance = {"finance": ["Ada", "bob"]}
    put(db, tier(2, "finance", to="*@example.org"), tier(3, to="*@else.where"), groups=finance)
    intent = journey.awaiting(db)
    journey.approve(db, intent.id)

    known = item(look, intent.id)

    assert [(one.place, one.of, one.given, one.missing) for one in known.rulings] == [
        (0, None, 1, 0),
        (1, "finance", 1, 1),
    ]
    assert known.rulings[1].members == ["ada", "bob"]
    assert [one.approver for one in known.voices] == ["ada"]


def test_the_timeline_has_every_move_and_every_receipt_in_order(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    known = item(look, journey.approved(db).id)

    steps = [one.kind if isinstance(one, Receipted) else one.target for one in known.timeline]
    moments = [one.at for one in known.timeline]

    assert steps[:2] == ["persisted", "submitted"]
    assert steps[-2:] == ["approved", "approved"]
    assert moments == sorted(moments)
    assert sum(isinstance(one, Moved) for one in known.timeline) == len(known.dossier.events)


def test_of_a_stranded_intent_one_learns_how_far_it_came_and_how_long_to_wait(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    claim = journey.permitted(db, ledger)
    told = {"phase": "dot", "final_reply": "451 wait", "why": "no answer"}
    ledger.settle(claim, State.STRANDED, kind="stranded", evidence={**told})

    doubt = item(look, claim.id).doubt

    assert doubt is not None
    assert (doubt.phase, doubt.said, doubt.why) == ("dot", "451 wait", "no answer")
    assert doubt.worker == "worker-1"
    assert dt.timedelta(minutes=9) < doubt.quiet_in <= dt.timedelta(minutes=10)


def test_what_is_not_there_is_not_found(look: sqlalchemy.Connection) -> None:
    with pytest.raises(NotFound, match="no intent 4711"):
        item(look, 4711)
