"""What a policy would have done is seen before it is put in force."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from outbox import queries
from outbox.desk import Desk
from outbox.policy.preview import Preview, preview
from outbox.reasons import Because
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.ledger.guards.weighing import ends, said
from tests.parts import journey, policies
from tests.parts.console import console
from tests.parts.policies import tier

STRICT = {"sole_operator": False, "scoring": {"review_below": 0.8}}


def looked(dsn: str, *tiers: policies.Tier, days: int = 30, scoring: Any = None) -> Preview:
    wanted = policies.policy(*tiers, scoring=scoring)
    with queries.reader(dsn).connect() as look:
        return preview(look, wanted, days=days, otherwise=0.5)


def reject(db: Connection, id: int) -> None:
    Desk(db, actor="ada").reject(
        id, digest=journey.seen(db, id), because=Because.OTHER, reason="no"
    )


@pytest.fixture
def five(db: Connection) -> None:
    """Of 0.9, 0.7 and 0.3, which were approved, of 0.6, which was rejected, and one more."""
    for confidence in (0.9, 0.7, 0.6, 0.3, 0.75):
        ends(db, said("rules", confidence))
    for id in (1, 2, 4):
        journey.approve(db, id)
    reject(db, 3)


def test_it_says_what_would_go_to_review_and_what_people_had_said_of_it(
    dsn: str, db: Connection, five: None
) -> None:
    found = looked(dsn, scoring={"review_below": 0.8})

    assert (found.versions, found.reviewed, found.would_review) == (5, 1, 4)
    assert found.newly.decided == {"approved": 1, "rejected": 1}
    assert (found.newly.undecided, found.newly.examples) == (1, (5, 3, 2))
    assert found.no_longer.versions == 0


def test_it_says_what_nobody_would_have_looked_at_closely_any_more(
    dsn: str, db: Connection, five: None
) -> None:
    found = looked(dsn, scoring={"review_below": 0.2})

    assert (found.would_review, found.no_longer.decided) == (0, {"approved": 1})
    assert found.no_longer.examples == (4,)


def test_a_shadow_is_counted_in_the_preview_of_a_policy_that_counts_it(
    dsn: str, db: Connection
) -> None:
    policies.put(db, scoring={"shadows": ["judge"]})
    ends(db, said("rules", 0.9), said("judge", 0.1))

    assert looked(dsn, scoring={"shadows": ["judge"]}).would_review == 0
    assert looked(dsn).newly.examples == (1,)


def test_a_scorer_that_would_be_required_and_has_never_spoken_holds_all_of_them(
    dsn: str, db: Connection, five: None
) -> None:
    found = looked(dsn, scoring={"required": ["rules", "judge"], "review_below": 0})

    assert (found.would_review, found.would_hold) == (5, 5)


def test_it_says_who_would_need_more_people_and_under_which_tier(
    dsn: str, db: Connection, five: None
) -> None:
    found = looked(dsn, tier(2), tier(3, channel="webhook"))

    assert (found.more_people.versions, found.fewer_people.versions) == (5, 0)
    assert found.tiers == (5, 0)
    policies.put(db, tier(2))
    assert looked(dsn).fewer_people.versions == 5


def test_each_version_counts_by_itself_and_what_is_long_ago_does_not(
    dsn: str, db: Connection, five: None
) -> None:
    Desk(db, actor="ada").edit(5, journey.mail("Other"), digest=journey.seen(db, 5))
    journey.score_and_route(db, confidence=0.1)
    assert (looked(dsn).versions, looked(dsn).reviewed) == (6, 2)

    db.execute("ALTER TABLE outbox.score DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.score SET scored_at = now() - interval '3 days' WHERE id > 1")

    assert looked(dsn, days=2).versions == 1


def test_the_preview_of_what_is_in_force_says_that_nothing_would_be_otherwise(
    dsn: str, db: Connection, five: None
) -> None:
    found = looked(dsn)

    changed = (found.newly, found.no_longer, found.more_people, found.fewer_people)
    assert [one.versions for one in changed] == [0, 0, 0, 0]


def test_the_command_changes_nothing_and_says_what_would_be_otherwise(
    dsn: str, db: Connection, five: None
) -> None:
    asked = json.dumps(STRICT)
    seen = holdshort("policy", "preview", "-", stdin=asked, dsn=dsn)
    values = holdshort("policy", "preview", "-", "--days", "7", "--json", stdin=asked, dsn=dsn)
    refused = holdshort("policy", "preview", "-", stdin='{"scoring": {}}', dsn=dsn)

    assert (seen.code, refused.code, policies.in_force(db)) == (0, 2, 1)
    assert "newly in review: 3 (people: 1 approved, 1 rejected, 1 not decided; as 5, 3, 2)" in (
        seen.out
    )
    assert (values.json["days"], values.json["would_review"]) == (7, 4)


def test_the_console_shows_it_before_somebody_puts_it_in_force(
    dsn: str, db: Connection, five: None
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with console(dsn) as origin, httpx.Client(base_url=origin, headers=headers) as ada:
        page = ada.post("/policies/preview", data={"document": json.dumps(STRICT)})
        refused = ada.post("/policies/preview", data={"document": '{"tiers": []}'})

    assert (page.status_code, refused.status_code) == (200, 400)
    assert "would have gone there" in page.text
    assert '<a href="/intents/3">3</a>' in page.text
    assert "sole_operator" in refused.text
    assert policies.in_force(db) == 1


@pytest.mark.parametrize(
    "scoring",
    [
        {"combine": "mean", "review_below": 0.5},
        {"combine": "product", "review_below": 0.5},
        {"required": ["rules", "other"], "review_below": 0.5},
        {"channels": {"email": {"review_below": 0.58}}},
        {"shadows": ["other"]},
    ],
)
def test_what_was_routed_under_a_policy_is_what_its_preview_says(
    dsn: str, db: Connection, scoring: dict[str, Any]
) -> None:
    policies.put(db, scoring=scoring)
    for confidence in (0.2, 0.45, 0.7, 0.95):
        ends(db, said("rules", confidence), said("other", 0.6))

    found = looked(dsn, scoring=scoring)

    assert (found.newly.versions, found.no_longer.versions) == (0, 0)
    assert 0 < found.reviewed == found.would_review < 4
