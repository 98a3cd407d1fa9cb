"""Scenes of several scores: how they come to one confidence, and what holds whatever it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, LiteralString

from outbox.claim import SCORE
from outbox.ledger import Ledger
from outbox.results import Score
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.parts import journey, policies
from tests.parts.journey import state_of

CALM, CLOSELY = "awaiting_approval", "in_review"
WEIGHED: dict[str, tuple[tuple[str, str], ...]] = {
    "scoring/weighed.sql": (
        ("NOT holds AND confidence", "confidence"),
        ("confidence >= threshold", "confidence < threshold"),
        ("confidence >= threshold", "true"),
        ("WHEN NOT complete THEN 0", "WHEN false THEN 0"),
        ("held OR NOT complete AS", "held AS"),
        ("held OR NOT complete AS", "NOT complete AS"),
        ("combine = 'product' AND least > 0", "combine = 'product'"),
        ("greatest(logarithm, -700)", "logarithm"),
        ("combine = 'mean'", "false"),
        ("ELSE least END", "ELSE mean END"),
        ("'least') AS combine", "'mean') AS combine"),
        ("'channels', weighed.channel", "'channels', 'x'"),
        ("coalesce(own, weighed.otherwise)", "weighed.otherwise"),
        ("min(confidence)", "max(confidence)"),
        (" AND score.version = weighed.version", ""),
        ("AND NOT coalesce(weighed.scoring -> 'shadows' ? scorer, false)", ""),
    ),
    "scorer/score.sql": (
        ("shadows ? scorer", "false"),
        (
            "scorer_version, confidence, holds,\n               string",
            "scorer_version, confidence, false AS holds,\n               string",
        ),
        ("AS kinds, reasons, cost, took", "AS kinds, reasons, 0 AS cost, took"),
    ),
    "router/route.sql": (
        ("document -> 'scoring' AS", "NULL::jsonb AS"),
        ("'policy', ruling.revision", "'policy', 1"),
    ),
}


def said(scorer: str, confidence: float, **more: Any) -> Score:
    return replace(journey.a_score(confidence), scorer=scorer, **more)


def ends(db: Connection, *scores: Score, threshold: float = 0.5) -> str:
    """Where an intent goes of which these things were said, and what its receipt says."""
    intent = journey.proposed(db)
    ledger = Ledger(db, worker="scorer-1")
    [claim] = ledger.claim(SCORE)
    assert ledger.scores([(claim, score) for score in scores]) == {intent.id}
    ledger.route(threshold=threshold)
    told: LiteralString = (
        "SELECT concat_ws(' ', evidence ->> 'to', evidence ->> 'confidence',"
        " evidence ->> 'combine') FROM outbox.receipt WHERE kind = 'routed'"
        " ORDER BY id DESC LIMIT 1"
    )
    receipt = str(one(db, told))
    assert receipt.startswith(state_of(db, intent.id)), receipt
    return receipt


def the_least_of_all_counts_where_the_policy_is_silent(db: Connection) -> None:
    assert ends(db, said("a", 0.9), said("b", 0.6)) == f"{CALM} 0.6 least"
    assert ends(db, said("a", 0.4), said("b", 0.9)) == f"{CLOSELY} 0.4 least"
    assert one(db, "SELECT count(*) FROM outbox.receipt WHERE kind = 'scored'") == 4


def the_policy_says_how_scores_are_combined(db: Connection) -> None:
    both = (said("a", 0.9), said("b", 0.4))
    policies.put(db, scoring={"combine": "mean"})
    assert ends(db, *both) == f"{CALM} 0.65 mean"
    policies.put(db, scoring={"combine": "product"})
    assert ends(db, *both) == f"{CLOSELY} 0.36 product"
    assert ends(db, said("a", 0.9), said("b", 0)) == f"{CLOSELY} 0 product"
    tiny = (said("a", 1e-300), said("b", 1e-300))
    assert ends(db, *tiny) == f"{CLOSELY} 0 product"


def the_policy_says_what_is_low_of_all_and_of_a_channel(db: Connection) -> None:
    revision = policies.put(db, scoring={"review_below": 0.8})
    assert ends(db, said("a", 0.7)) == f"{CLOSELY} 0.7 least"
    told: LiteralString = (
        "SELECT concat_ws(' ', evidence ->> 'threshold', evidence ->> 'policy')"
        " FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    assert one(db, told) == f"0.8 {revision}"
    lower = {"email": {"review_below": 0.6}, "webhook": {"review_below": 0.9}}
    policies.put(db, scoring={"review_below": 0.8, "channels": lower})
    assert ends(db, said("a", 0.7)) == f"{CALM} 0.7 least"


def what_holds_goes_to_a_person_however_sure_all_are(db: Connection) -> None:
    assert ends(db, said("a", 1), said("b", 1, holds=True), threshold=0) == f"{CLOSELY} 1 least"
    assert one(db, "SELECT evidence ->> 'holds' FROM outbox.receipt ORDER BY id DESC LIMIT 1")


def whoever_is_required_and_silent_counts_as_0_and_holds(db: Connection) -> None:
    policies.put(db, scoring={"combine": "mean", "required": ["a", "b"], "review_below": 0})
    assert ends(db, said("a", 1), said("c", 1)) == f"{CLOSELY} 0 mean"
    assert ends(db, said("a", 1), said("b", 1)) == f"{CALM} 1 mean"


def a_shadow_is_kept_and_counts_for_nothing(db: Connection) -> None:
    policies.put(db, scoring={"shadows": ["dim"]})
    assert ends(db, said("a", 0.9), said("dim", 0.1, holds=True)) == f"{CALM} 0.9 least"
    shadows = "SELECT string_agg(scorer, ' ') FROM outbox.score WHERE shadow"
    assert one(db, shadows) == "dim"
    assert ends(db, said("dim", 1)) == f"{CLOSELY} least"


def what_a_score_says_is_kept_whole(db: Connection) -> None:
    paid = said("a", 0.9, holds=True, kinds=("near-duplicate", "secret"), cost=Decimal("0.002"))
    ends(db, paid)
    kept = "SELECT concat_ws(' ', holds, kinds, cost) FROM outbox.score"
    assert one(db, kept) == "t {near-duplicate,secret} 0.002"
    told = (
        "SELECT concat_ws(' ', evidence ->> 'holds', evidence ->> 'cost') FROM outbox.receipt"
    )
    assert one(db, told + " WHERE kind = 'scored'") == "true 0.002"


def nobody_says_two_things_under_one_fence(db: Connection) -> None:
    intent, ledger = journey.proposed(db), Ledger(db, worker="scorer-1")
    [claim] = ledger.claim(SCORE)
    twice = [(claim, said("a", 0.1)), (claim, said("a", 1))]
    assert answer(db, lambda: ledger.scores(twice)) == "HoldshortError"
    assert state_of(db, intent.id) == "scoring"


SCENES = (
    the_least_of_all_counts_where_the_policy_is_silent,
    the_policy_says_how_scores_are_combined,
    the_policy_says_what_is_low_of_all_and_of_a_channel,
    what_holds_goes_to_a_person_however_sure_all_are,
    whoever_is_required_and_silent_counts_as_0_and_holds,
    a_shadow_is_kept_and_counts_for_nothing,
    what_a_score_says_is_kept_whole,
    nobody_says_two_things_under_one_fence,
)
