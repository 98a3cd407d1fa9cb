"""What a policy asks of which mail: the database and a sender read it alike."""

from __future__ import annotations

from typing import Any

import pytest

from outbox import Email
from outbox.intent import Amount
from outbox.store import Connection
from schemas.authority.needs import Facts, Need, needs
from tests.parts import journey, policies
from tests.parts.policies import Tier, tier

EUR, USD = "EUR", "USD"
MUCH = {"value": 100_000, "currency": EUR}
FINANCE = {"finance": ["ada", "Bob", "cy"]}


def mail(
    *to: str, value: int | None = None, currency: str = EUR, cc: tuple[str, ...] = ()
) -> Email:
    amount = None if value is None else Amount(value=value, currency=currency)
    sender, text = "billing@example.com", "Dear customer"
    return Email(sender=sender, to=to, cc=cc, subject="Hello", text=text, amount=amount)


PLAIN = mail("ada@example.org")
BANK = mail("ada@example.org", cc=("Teller@Pay.Bank.example",))
CASES: tuple[tuple[Tier, Email, int], ...] = (
    (tier(2), PLAIN, 2),
    (tier(1), PLAIN, 1),
    (tier(2, channel="email"), PLAIN, 2),
    (tier(2, channel="webhook"), PLAIN, 1),
    (tier(2, tenant="default"), PLAIN, 2),
    (tier(2, tenant="others"), PLAIN, 1),
    (tier(2, to="*@*.bank.example"), BANK, 2),
    (tier(2, to="*@*.bank.example"), PLAIN, 1),
    (tier(2, to="*@bank.example"), BANK, 1),
    (tier(2, to="teller@pay.bank.example"), BANK, 2),
    (tier(2, to="t_ller@pay.bank.example"), BANK, 1),
    (tier(2, to="t%@pay.bank.example"), BANK, 1),
    (tier(2, to="*@*"), BANK, 2),
    (tier(2, above=MUCH), PLAIN, 1),
    (tier(2, above=MUCH), mail("a@b.example", value=100_000), 1),
    (tier(2, above=MUCH), mail("a@b.example", value=100_001), 2),
    (tier(2, above=MUCH), mail("a@b.example", value=100_001, currency=USD), 1),
    (tier(2, above=MUCH, to="*@c.example"), mail("a@b.example", value=100_001), 1),
    (tier(2, "finance", above=MUCH), mail("a@b.example", value=100_001), 2),
)


def asked(db: Connection, id: int) -> list[tuple[set[str] | None, int]]:
    rows = db.execute(
        "SELECT members, approvals FROM outbox.policy, outbox.intent AS held,"
        " outbox.needs_of(held, document) WHERE id = %s"
        " AND revision = (SELECT max(revision) FROM outbox.policy)",
        (id,),
    )
    return [(None if of is None else set(of), number) for of, number in rows]


@pytest.mark.parametrize(("ruled", "artifact", "most"), CASES)
def test_a_tier_is_for_what_it_names(
    db: Connection, ruled: Tier, artifact: Email, most: int
) -> None:
    policies.put(db, ruled, groups=FINANCE)
    intent = journey.proposed(db, artifact)
    facts = Facts(
        channel="email",
        tenant="default",
        recipients=frozenset(map(str.lower, artifact.recipients)),
        amount=artifact.amount,
    )

    found = asked(db, intent.id)

    assert max(number for _, number in found) == most
    assert found == [
        (None if need.of is None else set(need.of), need.approvals)
        for need in needs(policies.policy(ruled, groups=FINANCE), facts)
    ]


def test_an_amount_that_nobody_can_read_is_above_every_other(db: Connection) -> None:
    policies.put(db, tier(3, above=MUCH))
    intent = journey.proposed(db)
    db.execute("INSERT INTO outbox.amount (intent_id, version) VALUES (%s, 1)", (intent.id,))

    assert max(number for _, number in asked(db, intent.id)) == 3


def test_of_everything_that_matches_all_must_be_met() -> None:
    ruled = policies.policy(tier(2), tier(3), tier(1, "finance"), groups=FINANCE)
    facts = Facts(channel="email", tenant="x", recipients=frozenset(), amount=None)

    assert needs(ruled, facts) == (
        *(Need(1), Need(2), Need(3)),
        Need(1, frozenset({"ada", "bob", "cy"})),
    )


def test_a_group_that_is_not_there_has_no_members(db: Connection) -> None:
    forged: dict[str, Any] = {"members": "nobody"}
    db.execute(
        "INSERT INTO outbox.policy (revision, document, set_by) VALUES (2,"
        ' \'{"sole_operator": false, "tiers": [{"needs": {"approvals": 1, "of": "ghosts"}}]}\','
        " %(members)s)",
        forged,
    )
    intent = journey.proposed(db)

    assert (set(), 1) in asked(db, intent.id)
