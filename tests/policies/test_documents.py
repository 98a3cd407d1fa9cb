"""A bad policy is told what is wrong with it, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outbox.errors import BadSettings, Conflict
from outbox.policy.document import FIRST, parse
from outbox.policy.setting import set_policy
from outbox.store import Connection
from schemas.authority.policies import POLICY
from tests.parts import policies
from tests.parts.policies import tier

BAD: tuple[tuple[dict[str, Any] | list[Any], str], ...] = (
    ([], "policy"),
    ({}, "sole_operator"),
    ({"sole_operator": "no"}, "sole_operator"),
    ({"sole_operator": 0}, "sole_operator"),
    ({"sole_operator": False, "tier": []}, "tier"),
    ({"sole_operator": False, "tiers": [{"wen": {}}]}, "tiers.0.wen"),
    ({"sole_operator": False, "tiers": [tier(0)]}, "tiers.0.needs.approvals"),
    ({"sole_operator": False, "tiers": [tier(101)]}, "tiers.0.needs.approvals"),
    ({"sole_operator": False, "tiers": [{"needs": {"approvals": "2"}}]}, "approvals"),
    ({"sole_operator": False, "tiers": [tier(1, "ghosts")]}, "ghosts"),
    ({"sole_operator": False, "tiers": [tier(2, "g")], "groups": {"g": ["ada"]}}, "fewer"),
    ({"sole_operator": False, "groups": {"g": ["ada", "ADA"]}}, "twice"),
    ({"sole_operator": False, "groups": {"g": []}}, "groups.g"),
    ({"sole_operator": False, "tiers": [tier(1, to="Bank.example")]}, "tiers.0.when.to"),
    ({"sole_operator": False, "tiers": [tier(1, above={"value": 1})]}, "currency"),
    ({"sole_operator": False, "tiers": [tier(1, within={})]}, "within"),
    ({"sole_operator": False, "tiers": [tier(1, within={"remind": "soon"})]}, "remind"),
    ({"sole_operator": False, "tiers": [tier(1, within={"escalate": "1d"})]}, "together"),
)


@pytest.mark.parametrize(("document", "named"), BAD)
def test_a_bad_document_is_told_where_it_is_bad(document: object, named: str) -> None:
    with pytest.raises(BadSettings) as refused:
        parse(json.dumps(document))

    assert named in str(refused.value)
    assert "nothing has changed" in refused.value.hint


def test_a_fresh_installation_asks_for_one_yes_of_somebody_else(db: Connection) -> None:
    [(revision, document, by)] = db.execute(
        "SELECT revision, document, set_by FROM outbox.policy"
    ).fetchall()

    assert (revision, by) == (1, "migration")
    assert parse(json.dumps(document)) == FIRST


def test_what_is_read_back_is_what_was_set(db: Connection) -> None:
    within = {"remind": "4h", "escalate": "1d", "to": ["olga"]}
    ruled = policies.policy(
        tier(2, "g", within=within, to="*@x.example"), groups={"g": ["ada", "bob"]}
    )

    set_policy(db, ruled, revision=2, actor="olga")

    [(document,)] = db.execute("SELECT document FROM outbox.policy WHERE revision = 2")
    assert parse(json.dumps(document)) == ruled


def test_of_two_who_set_a_policy_at_once_the_second_is_told(db: Connection) -> None:
    set_policy(db, FIRST, revision=2, actor="olga")

    with pytest.raises(Conflict, match="takes the place of the last"):
        set_policy(db, FIRST, revision=2, actor="oleg")

    assert policies.in_force(db) == 2


def test_a_policy_names_who_set_it(db: Connection) -> None:
    with pytest.raises(BadSettings, match="names who"):
        set_policy(db, FIRST, revision=2, actor=" ")


def test_a_policy_is_receipted_with_its_revision(db: Connection) -> None:
    policies.put(db, tier(2))

    [(kind, role, actor, revision, policy)] = db.execute(
        "SELECT kind, role, actor, evidence -> 'revision', evidence ->> 'policy'"
        " FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    ).fetchall()
    assert (kind, role, actor, revision, len(policy)) == ("policy", "human", "olga", 2, 64)


def test_the_example_of_the_page_is_a_policy() -> None:
    page = (Path(__file__).parents[2] / "docs" / "AUTHORITY.md").read_text("utf-8")
    [example] = [part for part in page.split("```") if part.startswith('\n{"sole_operator"')]

    ruled = parse(example)

    assert [len(ruled.groups), len(ruled.tiers)] == [1, 2]
    assert f"`{POLICY}`" in page
