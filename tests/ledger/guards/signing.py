"""Scenes of what people sign: each shows what a guard is there for."""

from __future__ import annotations

import hashlib
from typing import LiteralString

from outbox import Intent
from outbox.authority.documents import Document, Kind, declare
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one, raw
from tests.ledger.guards.wrong_signatures import KEPT, WRONG
from tests.parts import journey, policies
from tests.parts.journey import HOUR, SECOND, state_of


def paper(said: bytes, key: str = "key-1") -> Document:
    """To the database it is bytes."""
    return Document(Kind.APPROVAL, said, b"signed", key, "ada")


def say_yes(
    db: Connection, intent: Intent, by: str = "ada", *, said: bytes = b"yes",
    key: str = "key-1", hold: int = 0, hours: int = 2,
) -> int:  # fmt: skip
    return Desk(db, actor=by).approve(
        intent.id,
        digest=journey.seen(db, intent.id),
        valid_for=HOUR * hours,
        hold=SECOND * hold,
        signed=paper(said, key),
    )


def declared(db: Connection, kind: Kind, about: str) -> None:
    said = f"{kind} {about}".encode()
    declare(db, Document(kind, said, b"signed", "root", about), {"of": about})


def what_was_signed_is_kept_as_it_was(db: Connection) -> None:
    say_yes(db, journey.awaiting(db))
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    for statement in KEPT:
        assert raw(db, statement) == "history_is_only_added_to", statement


def a_signature_is_kept_once_and_named_in_the_receipt(db: Connection) -> None:
    first, second = journey.awaiting(db), journey.awaiting(db)
    say_yes(db, first)
    say_yes(db, second)
    digest = hashlib.sha256(b"yes").hexdigest()
    kept = (
        "SELECT string_agg(concat_ws(' ', kind, digest, key, about), ' ') FROM outbox.document"
    )
    assert one(db, kept) == f"approval {digest} key-1 ada"
    assert one(db, "SELECT convert_from(signature, 'UTF8') FROM outbox.document") == "signed"
    named = (
        "SELECT concat_ws(' ', kind, evidence ->> 'document', evidence ->> 'key',"
        " evidence ? 'missing') FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    assert one(db, named) == f"approved {digest} key-1 f"
    third = journey.awaiting(db)
    say_yes(db, third, key="key-2")
    assert one(db, "SELECT count(*) FROM outbox.document") == 2
    assert one(db, "SELECT string_agg(key, ' ' ORDER BY id) FROM outbox.document") == (
        "key-1 key-2"
    )
    last = "SELECT document_id = (SELECT max(id) FROM outbox.document) FROM outbox.endorsement"
    assert one(db, last + " ORDER BY id DESC LIMIT 1")


def all_before_the_last_only_endorse(db: Connection) -> None:
    policies.put(db, policies.tier(2))
    intent = journey.awaiting(db)
    assert say_yes(db, intent, hours=2, hold=60) == 1
    assert state_of(db, intent.id) == "awaiting_approval"
    assert journey.kinds_of(db, intent.id)[-1] == "endorsed"
    told: LiteralString = "SELECT evidence -> 'missing' FROM outbox.receipt"
    assert one(db, told + " ORDER BY id DESC LIMIT 1") == 1
    again = answer(db, lambda: say_yes(db, intent, "Ada", said=b"again"))
    assert again == "Conflict"
    assert say_yes(db, intent, "bob", said=b"me, too", hours=1, hold=90) == 0
    assert state_of(db, intent.id) == "approved"
    whole: LiteralString = (
        "SELECT concat_ws(' ', count(*), min(approver), min(expires_at) = now() + '1 hour',"
        " min(held_until) = now() + '90 seconds') FROM outbox.approval"
    )
    assert one(db, whole) == "1 ada t t"
    assert one(db, "SELECT count(*) FROM outbox.endorsement WHERE approval_id IS NOT NULL") == 2


def a_yes_is_added_only_to_what_waits_for_it(db: Connection) -> None:
    edited, other = journey.awaiting(db), journey.awaiting(db)
    approvals: LiteralString = "SELECT count(*) FROM outbox.approval"
    policies.put(db, policies.tier(3))
    say_yes(db, other)
    say_yes(db, edited, "bob", said=b"1")
    assert one(db, approvals) == 2  # of another intent
    policies.put(db, policies.tier(3))
    say_yes(db, edited, "eve", said=b"2")
    assert one(db, approvals) == 3  # under another policy
    db.execute("UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'ada'")
    say_yes(db, edited, "ida", said=b"3")
    assert one(db, approvals) == 4  # what was revoked stays so
    db.execute(
        "UPDATE outbox.approval SET approved_at = now() - interval '1 day', expires_at = now()"
    )
    say_yes(db, edited, "joe", said=b"4")
    assert one(db, approvals) == 5  # what has expired, too
    new = Desk(db, actor="jim").edit(
        edited.id, journey.mail("New"), digest=journey.seen(db, edited.id)
    )
    journey.score_and_route(db)
    say_yes(db, new, "ada", said=b"5")
    assert one(db, approvals) == 6  # of another version


def a_void_approval_takes_no_further_yes(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    intent = journey.awaiting(db)
    journey.switch_on(db)
    say_yes(db, intent)
    [claim] = ledger.claim(SEND)
    ledger.settle(claim, State.IN_REVIEW, kind="refused", evidence={})
    assert answer(db, lambda: say_yes(db, intent, "bob")) == "Conflict"
    say_yes(db, intent, "bob", said=b"yes, again")
    assert one(db, "SELECT count(*) FROM outbox.approval") == 2


def a_revocation_closes_the_permit_for_what_it_names(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    journey.switch_on(db)
    digest = hashlib.sha256(b"2").hexdigest()
    reasons = []
    for number, taken in enumerate(("key-0", "key-9", digest, "key-8")):
        say_yes(db, journey.awaiting(db), said=b"%d" % number, key=f"key-{number}")
        [claim] = ledger.claim(SEND)
        declared(db, Kind.ENROLMENT, f"key-{number}")
        declared(db, Kind.REVOCATION, taken)
        reasons.append(answer(db, lambda claim=claim: ledger.permit(claim, enough=SECOND)))  # type: ignore[misc]
    assert reasons == ["key_revoked", "done", "approval_revoked", "done"]


def what_a_root_says_is_receipted_and_waits_for_the_permits_that_are_given(
    db: Connection,
) -> None:
    declared(db, Kind.REVOCATION, "key-1")
    last: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence::text) FROM outbox.receipt"
        " ORDER BY id DESC LIMIT 1"
    )
    assert one(db, last) == 'revocation human root {"of": "key-1"}'
    assert one(db, "SELECT concat_ws(' ', kind, key, about) FROM outbox.document") == (
        "revocation root key-1"
    )
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    journey.switch_on(db)
    assert len(locks(db)) == 1


SCENES = (
    what_was_signed_is_kept_as_it_was,
    a_signature_is_kept_once_and_named_in_the_receipt,
    all_before_the_last_only_endorse,
    a_yes_is_added_only_to_what_waits_for_it,
    a_void_approval_takes_no_further_yes,
    a_revocation_closes_the_permit_for_what_it_names,
    what_a_root_says_is_receipted_and_waits_for_the_permits_that_are_given,
)
