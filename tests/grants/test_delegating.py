"""A delegate approves in another's place: within its dates, and no more than that one may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox import Intent
from outbox.authority import standing as kept_here
from outbox.authority.documents import Document
from outbox.desk import Desk
from outbox.errors import BadSettings, Conflict, HoldshortError, NotFound
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.keeping import kept
from schemas.receipts.keys import Signer
from tests.parts import journey
from tests.parts.granting import delegated, delegation_of
from tests.parts.policies import put, tier
from tests.parts.reviewers import (
    ADA,
    BOB,
    DAY,
    approval,
    declared,
    fate,
    item_of,
    log_of,
    now,
    revoked,
)

HOUR = journey.HOUR


def in_place(
    db: Connection, intent: Intent, *, by: str = "bob", of: str = "ada", signer: Signer = BOB
) -> Document:
    said = approval(item_of(db, intent), log=log_of(db), approver=by)
    return kept(signing.signed(replace(said, delegator=of), signer), by)


def say_yes_for_ada(
    db: Connection, intent: Intent, delegation: int | None, signed: Document | None = None
) -> None:
    Desk(db, actor="bob").approve(
        intent.id,
        digest=journey.seen(db, intent.id),
        valid_for=DAY,
        signed=signed,
        delegation=delegation,
    )


def test_a_delegate_approves_in_anothers_place_and_both_are_named(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    delegation = delegated(db)
    intent = journey.awaiting(db)
    say_yes_for_ada(db, intent, delegation, in_place(db, intent))

    believing.look()

    assert fate(db, intent.id) == ("sent", None)
    told = "SELECT actor, evidence -> 'delegation' FROM outbox.receipt WHERE kind = 'approved'"
    assert db.execute(told).fetchall() == [("bob for ada", delegation)]
    given = "SELECT kind, actor, evidence ->> 'to' FROM outbox.receipt WHERE kind = 'delegated'"
    assert db.execute(given).fetchall() == [("delegated", "ada", "bob")]


OUTSIDE: dict[str, dict[str, Any]] = {
    "over": {"not_before": now() - DAY, "expires_at": now() - HOUR},
    "not begun": {"not_before": now() + HOUR, "expires_at": now() + DAY},
    "to somebody else": {"delegate": "carol"},
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_approves_in_anothers_place_without_a_delegation_that_holds(
    db: Connection, name: str
) -> None:
    delegation = delegated(db, **OUTSIDE[name])
    intent = journey.awaiting(db)

    with pytest.raises(Conflict, match="holds for its delegate within its dates"):
        say_yes_for_ada(db, intent, delegation)
    with pytest.raises(NotFound, match="bob may not approve for ada now"):
        kept_here.in_place_of(db, "ada", "bob")


def test_a_revoked_delegation_is_none_and_is_revoked_once(db: Connection) -> None:
    delegation = delegated(db)
    assert kept_here.in_place_of(db, "ada", "bob") == delegation
    kept_here.revoke_delegation(db, delegation, actor="ada", reason="back")
    last = "SELECT kind, actor FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    assert db.execute(last).fetchall() == [("delegation_revoked", "ada")]
    intent = journey.awaiting(db)

    with pytest.raises(Conflict, match="within its dates"):
        say_yes_for_ada(db, intent, delegation)
    with pytest.raises(NotFound, match="no delegation"):
        kept_here.revoke_delegation(db, delegation, actor="ada", reason="back")


@pytest.mark.parametrize("people", [("tests", "bob"), ("Ada", "bob")])
def test_neither_of_the_two_has_proposed_it(db: Connection, people: tuple[str, str]) -> None:
    delegator, delegate = people
    delegation = delegated(db, delegator=delegator, delegate=delegate, signer=None)
    intent = journey.awaiting(db)
    producer = {"tests": "Tests", "Ada": "ada "}[delegator]
    db.execute("UPDATE outbox.intent SET producer = %s", (producer,))

    with pytest.raises(Conflict, match="neither delegate nor delegator has proposed it"):
        say_yes_for_ada(db, intent, delegation)


def test_nobody_delegates_to_themselves(db: Connection) -> None:
    content = delegation_of(log_of(db)).written().replace(b'"bob"', b'"Ada "')

    with pytest.raises(BadSettings, match="nobody delegates to themselves"):
        kept_here.delegate(db, content, None)


def twice(db: Connection, intent: Intent, delegation: int, first: str, then: str) -> None:
    seen = journey.seen(db, intent.id)
    put(db, tier(2))
    for name in (first, then):
        person, _, of = name.partition(" for ")
        Desk(db, actor=person).approve(
            intent.id,
            digest=seen,
            valid_for=DAY,
            delegation=delegation if of else None,
        )


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("ada", "bob for ada"),
        ("bob for ada", "ada"),
        ("bob", "bob for ada"),
        ("bob for ada", "bob"),
    ],
)
def test_where_two_are_needed_no_one_is_heard_twice_in_any_place(
    db: Connection, first: str, then: str
) -> None:
    delegation, intent = delegated(db), journey.awaiting(db)

    with pytest.raises(HoldshortError, match=r"endorses an approval once|heard twice"):
        twice(db, intent, delegation, first, then)


def test_where_two_are_needed_a_delegate_is_one_of_them(db: Connection) -> None:
    delegation, intent = delegated(db), journey.awaiting(db)

    twice(db, intent, delegation, "bob for ada", "eve")

    assert journey.state_of(db, intent.id) == "approved"


def revoke(db: Connection, delegation: int) -> None:
    kept_here.revoke_delegation(db, delegation, actor="ada", reason="back")


def revoke_document(db: Connection, delegation: int) -> None:
    [(document,)] = db.execute(
        "SELECT document FROM outbox.delegation WHERE id = %s", (delegation,)
    ).fetchall()
    declared(db, revoked(document=document))


def revoke_key(db: Connection, _: int) -> None:
    declared(db, revoked(key=ADA.key.name))


@pytest.mark.parametrize("end", [revoke, revoke_document, revoke_key])
def test_what_was_approved_under_it_stops_with_it(
    db: Connection,
    sink: MailSink,
    believing: Sender,
    end: Callable[[Connection, int], None],
) -> None:
    delegation, intent = delegated(db), journey.awaiting(db)
    say_yes_for_ada(db, intent, delegation, in_place(db, intent))
    end(db, delegation)

    believing.look()

    assert journey.state_of(db, intent.id) == "in_review"
    assert sink.accepted() == []
