"""The scorer reads what an agent wrote, however it is written."""

from __future__ import annotations

import time

import pytest

from consumers.scorers import History
from consumers.scorers.reading import visible
from consumers.scorers.rules import Rules
from tests.parts.mails import mail

LENGTH = 2**17
NASTY = (
    *("<", "<!--", "<script>", "&", "{{", "[insert ", "dear ", "A1b", "-----BEGIN ", "xoxb-"),
    *("eyJ-", "eyJaaaaaaaaaaaa.", "token:", "4 ", "4-", "a.", "a:", "a://a:"),
)


def test_html_shows_its_text_and_not_its_scripts() -> None:
    markup = "<p>1 < 2 &amp; <b>TODO</b></p><script>if (a < b) {x}</script><STYLE>y</style>z"

    assert visible(markup).split() == ["1", "<", "2", "&", "TODO", "z"]


def test_half_a_tag_hides_nothing_but_itself() -> None:
    assert visible("<b>one<i two").split() == ["one"]
    assert visible("< >one</>two").split() == ["<", ">one", "two"]


@pytest.mark.parametrize("piece", NASTY)
def test_no_text_makes_the_rules_slow(piece: str) -> None:
    longest = piece * (LENGTH // len(piece))
    artifact = mail("News about your order", longest, html=longest)
    before = time.process_time()

    Rules().score(artifact, History())

    assert time.process_time() - before < 2.5
