"""Which signed policy a sender believes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.rulings import Rulings
from outbox.policy.document import FIRST
from outbox.store import Connection
from schemas.authority.policies import ruling
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from schemas.receipts.reading import Unreadable
from tests.parts import policies
from tests.parts.policies import last_policy, tier
from tests.parts.reviewers import EVES_ROOT, ROOT, ROOTS, log_of


@pytest.fixture
def rulings() -> Rulings:
    return Rulings(ROOTS)


def test_a_sender_that_is_told_a_revision_believes_none_before_it(db: Connection) -> None:
    told = Rulings(ROOTS, at_least=3)
    for revision in (2, 3):
        policies.put(db, tier(revision), by=ROOT)
        if revision == 2:
            assert refusal(told, db, last_policy(db)) == "policy_older"

    assert refusal(told, db, None) == "policy_missing"
    assert refusal(told, db, last_policy(db)) == ""


def test_without_any_signed_policy_the_first_one_is_in_force(db: Connection) -> None:
    assert Rulings(ROOTS).in_force(log_of(db), None) == FIRST


def test_only_a_trusted_roots_policy_of_this_installation_is_believed(
    db: Connection, rulings: Rulings
) -> None:
    policies.put(db, tier(2), by=EVES_ROOT)
    assert refusal(rulings, db, last_policy(db)) == "policy_unsigned"

    policies.put(db, tier(2), by=ROOT)
    said = last_policy(db)
    with pytest.raises(Refusal) as refused:
        rulings.in_force("holdshort/elsewhere", said)
    assert refused.value.reason == "policy_of_another"
    assert refusal(
        rulings, db, replace(said, kind=said.kind.replace("policy", "approval"))
    ) == ("policy_unsigned")
    assert refusal(rulings, db, said) == ""


def refusal(rulings: Rulings, db: Connection, said: Envelope | None) -> str:
    try:
        rulings.in_force(log_of(db), said)
    except Refusal as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"log":"x","policy":{},"revision":1}',
        b'{"log":"x","policy":{"groups":{},"sole_operator":false,"tiers":[]},"revision": 1}',
        b'{"log":"x","policy":{"sole_operator":false,"tiers":[]},"revision":1}',
        b'{"log":"x","policy":{"groups":{},"sole_operator":false,"tiers":[]},"revision":-1}',
    ],
)
def test_a_policy_is_read_in_its_one_spelling_only(content: bytes) -> None:
    with pytest.raises(Unreadable):
        ruling(content)
