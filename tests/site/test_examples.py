"""No page shows anything that is not carried out by a test, or excused with a reason."""

from __future__ import annotations

import re

import pytest

from deploy.site import HOUSE
from outbox.policy.document import parse
from tests.site.claims import CLAIMS, EXCUSES, Claim, Excuse
from tests.site.examples import Example, commands, examples, is_ours, parsed

ALL = tuple(examples())


def claimed(one: Example) -> list[Claim]:
    return [
        claim
        for claim in CLAIMS
        if (claim.page, claim.language) == (one.page, one.language)
        and one.first.startswith(claim.begins)
    ]


def excused(one: Example) -> list[Excuse]:
    return [e for e in EXCUSES if e.page == one.page and one.first.startswith(e.begins)]


def shown(page: str, begins: str) -> str:
    [found] = [one.text for one in ALL if one.page == page and one.first.startswith(begins)]
    return found


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.page}: {one.first[:40]}")
def test_whatever_a_page_shows_is_proved_or_excused(one: Example) -> None:
    assert is_ours(one.text) or claimed(one) or excused(one)
    assert not (claimed(one) and excused(one))


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.page}: {one.first[:40]}")
def test_each_command_of_ours_is_one(one: Example) -> None:
    for words in commands(one.text):
        parsed(words)


def test_each_claim_and_excuse_is_of_something_that_is_shown() -> None:
    assert [c for c in CLAIMS if not any(c in claimed(one) for one in ALL)] == []
    assert [e for e in EXCUSES if not any(e in excused(one) for one in ALL)] == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: f"{c.page} {c.language}")
def test_who_proves_an_example_reads_that_page(claim: Claim) -> None:
    text = (HOUSE / claim.by).read_text("utf-8")
    known = {"tests/adapters/test_docs.py": "documented.PAGE"}

    assert known.get(claim.by, f"{claim.page.removeprefix('docs/')}") in text


def test_the_policy_of_the_page_is_one() -> None:
    assert len(parse(shown("docs/AUTHORITY", '{"sole_operator"')).tiers) == 2


def test_what_the_first_page_tells_to_make_can_be_made() -> None:
    targets = re.findall(r"^([\w-]+):", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)

    for line in shown("README", "make demo").splitlines():
        assert line.split()[1] in targets
