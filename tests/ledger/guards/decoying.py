"""Scenes of decoys: they end with a decision, and never leave."""

from __future__ import annotations

from typing import LiteralString

from outbox.attention import decoys
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role
from outbox.reasons import Because
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.granting import under
from tests.ledger.guards.playing import connected
from tests.parts import attention, journey
from tests.parts.attention import FLAW, decoy, no, planted, yes
from tests.parts.granting import given
from tests.parts.journey import SECOND, state_of

MADE_ONE: LiteralString = (
    "INSERT INTO outbox.decoy (intent, flaw, seeded_by, seeded_at)"
    " SELECT max(id), 'x', 'olga', now() FROM outbox.intent"
)
"""By hand, and too late: no function of ours does that."""
WRONG: tuple[tuple[str, LiteralString], ...] = (
    (
        "a_seed_says_what_is_wrong_with_it",
        "INSERT INTO outbox.seed (for_tenant, channel, content, flaw, seeded_by, due_at)"
        " VALUES ('t', 'email', '{}', ' ', 'o', now())",
    ),
    (
        "a_seed_names_a_person",
        "INSERT INTO outbox.seed (for_tenant, channel, content, flaw, seeded_by, due_at)"
        " VALUES ('t', 'email', '{}', 'x', '', now())",
    ),
    (
        "a_seed_is_at_most_a_megabyte",
        "INSERT INTO outbox.seed (for_tenant, channel, content, flaw, seeded_by, due_at)"
        " VALUES ('t', 'email', convert_to(repeat('x', 1048577), 'UTF8'), 'x', 'o', now())",
    ),
    (
        "a_decoy_is_caught_by_a_no",
        "INSERT INTO outbox.met SELECT max(intent), 'eve', 'approved', true FROM outbox.decoy",
    ),
    (
        "a_decoy_is_caught_by_a_no",
        "INSERT INTO outbox.met SELECT max(intent), 'eve', 'edited', true FROM outbox.decoy",
    ),
    (
        "a_decoy_is_never_approved",
        "INSERT INTO outbox.approval (intent_id, version, digest, manifest, manifest_digest,"
        " approver, policy, expires_at) SELECT id, version, digest, 'x',"
        " encode(sha256('x'), 'hex'), 'eve', 1, now() + '1 h' FROM outbox.intent"
        " WHERE outbox.is_decoy(id)",
    ),
    (
        "a_decoy_is_never_approved",
        "UPDATE outbox.approval SET intent_id = (SELECT max(intent) FROM outbox.decoy)",
    ),
)


def no_rule_of_decoys_is_broken_by_hand(db: Connection) -> None:
    journey.approved(db)
    planted(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement


def no_sender_sees_a_decoy_and_no_permit_is_given_for_one(db: Connection) -> None:
    ledger = Ledger(db, worker="sender-1")
    claim = journey.claimed(db, ledger)
    db.execute(MADE_ONE)
    said = answer(db, lambda: ledger.permit(claim, enough=SECOND))
    assert said == "decoy"
    journey.approved(db)
    db.execute(MADE_ONE)
    assert ledger.claim(SEND) == []
    other = journey.approved(db)
    assert [found.id for found in ledger.claim(SEND)] == [other.id]


def no_grant_approves_a_decoy(db: Connection) -> None:
    id, grant = decoy(db), given(db, signer=None)
    other = journey.awaiting(db)
    held = attention.held(db, id)
    assert under(db, (held, grant), (other, grant)) == [other.id]


def who_approves_a_decoy_has_missed_it(db: Connection) -> None:
    id = decoy(db)
    assert decoys.unmasked(db, [id]) == {}
    assert yes(db, id, "Ada ") == 0
    assert state_of(db, id) == "withdrawn"
    assert one(db, "SELECT count(*) FROM outbox.approval") == 0
    assert journey.kinds_of(db, id)[-1] == "decoy"
    met = decoys.unmasked(db, [id, id + 1])[id]
    assert (met.flaw, met.seeded_by) == (FLAW, "olga")
    assert decoys.unmasked(db, [id + 1]) == {}
    with connected(db, "holdshort_reviewer", "others"):
        assert decoys.unmasked(db, [id]) == {}
    assert (met.person, met.said, met.caught) == ("ada", "approved", False)
    said: LiteralString = (
        "SELECT concat_ws(' ', role, actor, evidence ->> 'said', evidence ->> 'caught')"
        " FROM outbox.receipt JOIN outbox.intent ON intent.receipt_id = receipt.id"
        " WHERE kind = 'decoy'"
    )
    assert one(db, said) == "human Ada  approved false"


def who_says_no_to_a_decoy_has_caught_it(db: Connection) -> None:
    first, second, third, fourth = (decoy(db) for _ in range(4))
    no(db, first)
    desk = Desk(db, actor="bob")
    digest = journey.seen(db, second)
    desk.send_back(second, digest=digest, because=Because.OTHER, reason="mend it")
    desk.withdraw(third, reason="nobody wants it")
    new = desk.edit(fourth, journey.mail("Mended"), digest=journey.seen(db, fourth))
    assert new.version == 1
    found = decoys.unmasked(db, [first, second, third, fourth])
    assert [(one.said, one.caught) for one in found.values()] == [
        *(("rejected", True), ("sent_back", True), ("withdrawn", None), ("edited", None)),
    ]
    assert {state_of(db, id) for id in found} == {"withdrawn"}
    assert decoys.numbers(db).planted == 0
    agent = Desk(db, actor="tests", role=Role.AGENT)
    mine = journey.awaiting(db)
    agent.withdraw(mine.id, reason="not mine")
    assert journey.kinds_of(db, mine.id)[-1] == "withdrawn"


SCENES = (
    no_rule_of_decoys_is_broken_by_hand,
    no_sender_sees_a_decoy_and_no_permit_is_given_for_one,
    no_grant_approves_a_decoy,
    who_approves_a_decoy_has_missed_it,
    who_says_no_to_a_decoy_has_caught_it,
)
