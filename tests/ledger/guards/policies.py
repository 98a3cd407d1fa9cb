"""Scenes of the policy: each shows what a guard is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

from outbox import Amount, Intent
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.policy.document import FIRST
from outbox.policy.setting import set_policy
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one
from tests.ledger.guards.playing import connected
from tests.parts import journey, policies
from tests.parts.journey import HOUR, SECOND
from tests.parts.policies import Tier, tier
from tests.parts.reviewers import ROOT

LAST: LiteralString = " ORDER BY id DESC LIMIT 1"
BOTH = {"finance": ["ADA", "bob"]}


def yes(db: Connection, intent: Intent, by: str) -> int | str:
    missing: list[int] = []

    def approve() -> None:
        seen = journey.seen(db, intent.id)
        missing.append(Desk(db, actor=by).approve(intent.id, digest=seen, valid_for=HOUR))

    refused = answer(db, approve)
    return missing[0] if missing else refused


def lacking(
    db: Connection, *tiers: Tier, to: str = "ada@example.org", value: int = 0
) -> object:
    """How many more are needed after one yes of ada."""
    mail = journey.mail(to=to)
    if value:
        amount = Amount(value=value, currency="EUR")
        mail = mail.model_copy(update={"amount": amount})
    policies.put(db, *tiers, groups=BOTH)
    return yes(db, journey.awaiting(db, mail), "ada")


def a_tier_is_for_all_that_it_names_and_nothing_else(db: Connection) -> None:
    much = {"value": 5, "currency": "EUR"}
    assert lacking(db) == 0
    assert lacking(db, tier(1), tier(3), tier(2)) == 2
    assert lacking(db, tier(2, channel="moon")) == lacking(db, tier(2, tenant="x")) == 0
    assert lacking(db, tier(2, to="a_a@*")) == lacking(db, tier(2, to="*@x.org")) == 0
    assert lacking(db, tier(2, to="*@example.*")) == 1
    assert lacking(db, tier(2, above=much), value=5) == 0
    assert lacking(db, tier(2, above=much), value=6) == 1
    assert lacking(db, tier(2, above={**much, "currency": "USD"}), value=6) == 0
    intent = journey.awaiting(db)
    db.execute("INSERT INTO outbox.amount (intent_id, version) VALUES (%s, 1)", (intent.id,))
    policies.put(db, tier(2, above=much))
    assert yes(db, intent, "ada") == 1


def a_tier_is_for_the_version_that_would_leave(db: Connection) -> None:
    much = {"value": 5, "currency": "EUR"}
    rich = journey.mail(to="x@bank.example").model_copy(
        update={"amount": Amount(value=9, currency="EUR")}
    )
    intent = journey.awaiting(db, rich)
    digest = journey.seen(db, intent.id)
    Desk(db, actor="joe").edit(intent.id, journey.mail(), digest=digest)
    journey.score_and_route(db)
    policies.put(db, tier(2, to="*@bank.example"), tier(3, above=much))
    assert yes(db, intent, "ada") == 0


def only_whose_yes_is_asked_for_counts(db: Connection) -> None:
    policies.put(db, tier(2, "finance"), groups=BOTH)
    first, second = journey.awaiting(db), journey.awaiting(db)
    assert [yes(db, first, by) for by in ("eve", "joe", "ada")] == [2, 2, 1]
    assert [yes(db, second, by) for by in ("bob", "ada")] == [1, 0]


def nobody_approves_what_they_have_written_but_a_sole_operator(db: Connection) -> None:
    intent, other = journey.awaiting(db), journey.awaiting(db)
    digest = journey.seen(db, intent.id)
    Desk(db, actor="joe").edit(intent.id, journey.mail(), digest=digest)
    journey.score_and_route(db)
    login = str(one(db, "SELECT session_user::text"))
    assert [yes(db, intent, by) for by in (" Tests", "joe", login)] == ["Conflict"] * 3
    policies.put(db, tier(2), alone=True)
    assert [yes(db, intent, by) for by in ("joe", "ada")] == [1, 0]
    told: LiteralString = (
        "SELECT concat_ws(' ', kind, evidence ->> 'sole_operator', evidence ->> 'policy')"
        " FROM outbox.receipt"
    )
    assert one(db, told + " WHERE actor = 'joe' AND kind = 'endorsed'") == "endorsed true 2"
    assert one(db, told + LAST) == "approved 2"
    assert yes(db, other, "joe") == 1  # of another intent they may say what they like


def a_login_that_has_written_it_approves_it_by_no_name(db: Connection) -> None:
    with connected(db, "holdshort_agent"):
        intent = journey.proposed(db)
    journey.score_and_route(db)
    digest = journey.seen(db, intent.id)
    with connected(db, "holdshort_agent"):
        desk = Desk(db, actor="ada")
        refused = answer(db, lambda: desk.approve(intent.id, digest=digest, valid_for=HOUR))
    assert refused == "Conflict"


def the_login_that_people_share_is_nobodys_hand(db: Connection) -> None:
    intent, other = journey.awaiting(db), journey.awaiting(db)
    digest = journey.seen(db, intent.id)
    with connected(db, "holdshort_reviewer"):
        Desk(db, actor="joe").edit(intent.id, journey.mail(), digest=digest)
    journey.score_and_route(db)
    with connected(db, "holdshort_reviewer"):
        assert [yes(db, intent, by) for by in ("joe", "ada")] == ["Conflict", 0]
        assert yes(db, other, "joe") == 0  # who wrote one may approve another


def what_an_older_policy_allowed_leaves_only_if_the_last_asks_for_no_more(
    db: Connection,
) -> None:
    journey.switch_on(db)
    policies.put(db, tier(2), alone=True)
    answers = []
    changes: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: policies.put(db, tier(1)),
        lambda: policies.put(db, tier(3)),
        lambda: policies.put(db, tier(1), tier(2, "finance"), groups=BOTH),
    )
    for change in changes:
        policies.put(db, tier(2))
        intent = journey.awaiting(db)
        assert [yes(db, intent, by) for by in ("ada", "eve")] == [1, 0]
        change()
        answers.append(permitted(db))
    policies.put(db, tier(2), alone=True)
    intent = journey.awaiting(db)
    assert [yes(db, intent, by) for by in ("tests", "eve")] == [1, 0]
    policies.put(db, tier(2))
    answers.append(permitted(db))
    refused = "policy_changed"
    assert answers == ["done", "done", refused, refused, refused]


def permitted(db: Connection) -> str:
    ledger = Ledger(db, worker="worker-1")
    [claim] = ledger.claim(SEND)
    said = answer(db, lambda: ledger.permit(claim, enough=SECOND))
    if said != "done":
        ledger.settle(claim, State.IN_REVIEW, kind="refused", evidence={})
        assert yes(db, Intent(claim.id, claim.version, claim.digest), "ada") != "Conflict"
    return said


def a_policy_follows_the_last_and_waits_for_the_permits_that_are_given(db: Connection) -> None:
    ruled = policies.signed_policy(db, FIRST, 2, ROOT)
    set_policy(db, FIRST, revision=2, actor="olga", signed=ruled)
    assert "ExclusiveLock" in [mode for _, mode in locks(db)]
    for wrong in (1, 2, 9):
        assert answer(db, lambda r=wrong: set_policy(db, FIRST, revision=r, actor="o")) == (  # type: ignore[misc]
            "Conflict"
        )
    told: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'revision',"
        " evidence ->> 'document' = (SELECT digest FROM outbox.document"
        " WHERE kind = 'policy' AND about = 'policy'), evidence ->> 'key' = %s)"
    )
    said = db.execute(told + " FROM outbox.receipt" + LAST, (ROOT.key.name,)).fetchall()
    assert said == [("policy human olga 2 t t",)]
    kept: LiteralString = (
        "SELECT concat_ws(' ', set_by, document_id IS NULL) FROM outbox.policy"
        " ORDER BY revision DESC LIMIT 1"
    )
    assert one(db, kept) == "olga f"


SCENES = (
    a_tier_is_for_all_that_it_names_and_nothing_else,
    a_tier_is_for_the_version_that_would_leave,
    only_whose_yes_is_asked_for_counts,
    nobody_approves_what_they_have_written_but_a_sole_operator,
    a_login_that_has_written_it_approves_it_by_no_name,
    the_login_that_people_share_is_nobodys_hand,
    what_an_older_policy_allowed_leaves_only_if_the_last_asks_for_no_more,
    a_policy_follows_the_last_and_waits_for_the_permits_that_are_given,
)
