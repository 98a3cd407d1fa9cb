"""One line says what is looked for, and whatever nobody understands is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from outbox.errors import BadSearch
from outbox.lifecycle import State
from outbox.search.asking import FILTERS, LONGEST, MOST, Asked, Bound, asked

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("", Asked()),
        ("  ", Asked()),
        ("to:Bob@Example.org", Asked(to=["bob@example.org"])),
        ("to:@Example.org", Asked(domains=["example.org"])),
        ("agent:billing", Asked(agents=["billing"])),
        ('agent:"the billing agent"', Asked(agents=["the billing agent"])),
        ("score:<0.6 score:>=.5", Asked(scores=[Bound("<", 0.6), Bound(">=", 0.5)])),
        ("state:in_review", Asked(states=[State.IN_REVIEW])),
        ("key:order:7", Asked(keys=["order:7"])),
        ("id:7", Asked(ids=[7])),
        ("after:2026-11-01T12:00", Asked(after=[NOON])),
        ("before:2026-11-01T13:00+01:00", Asked(before=[NOON])),
        ("Final NOTICE", Asked(words=["final", "notice"])),
        ('"Re: your order" to:@a.b', Asked(words=["re: your order"], domains=["a.b"])),
        ("STATE:Sent", Asked(states=[State.SENT])),
    ],
)
def test_a_line_means_its_filters_and_its_words(line: str, meant: Asked) -> None:
    assert asked(line) == meant


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("agnet:billing", "there is no filter agnet: .* is it agent?"),
        ("Re: hello", "there is no filter Re"),
        ("https://example.org", "there is no filter https"),
        ("to:bob", "neither an address nor a domain"),
        ("to:@", "neither an address nor a domain"),
        ("to:", "to: says nothing"),
        ('""', "says nothing"),
        ("score:0.6", "no bound between 0 and 1"),
        ("score:<2", "no bound between 0 and 1"),
        ("score:<nan", "no bound between 0 and 1"),
        ("state:in_reviw", "no state in_reviw: .* is it in_review?"),
        ("state:unborn", "no state unborn"),
        ("id:-1", "no whole number"),
        ("id:9999999999999999999", "no whole number"),
        ("id:\u0661", "no whole number"),
        ("before:yesterday", "no date"),
        ('agent:"open', "a quote is open"),
        ('agent:"a"b', "a quote is open"),
        ("x" * (LONGEST + 1), "at most"),
        ("a\x00b", "no NUL"),
        ("a " * (MOST + 1), "at most"),
    ],
)
def test_what_nobody_understands_is_refused_and_says_what_there_is(line: str, why: str) -> None:
    with pytest.raises(BadSearch, match=why):
        asked(line)


def test_an_unknown_filter_is_told_every_known_one() -> None:
    with pytest.raises(BadSearch) as refused:
        asked("nobody:knows")

    assert all(name in str(refused.value) for name in FILTERS)
