"""Each finding has its kind, out of a closed list; what is in it is found in plain mails."""

from __future__ import annotations

import random
from time import process_time

import pytest

from consumers.findings import Kind as Smuggled
from consumers.scorers.judge.question import CONCERNS, speaks_to_a_model
from consumers.scorers.kinds import Kind
from consumers.scorers.rules import Rules
from outbox.intent import Email
from tests.evaluation.faults import FAULTS
from tests.evaluation.measuring import familiar, kinds_in
from tests.findings.clean import mails
from tests.parts.mails import ORDINARY

MB = 2**20
ELSEWHERE = {
    *(Kind.INCOMPLETE, Kind.NEW_DOMAIN, Kind.NEAR_DUPLICATE, Kind.UNREADABLE),
    *(Kind.SOON_OVER, Kind.STALE_FACT, Kind.THREAD_WENT_ON),
    *CONCERNS,
}
"""These are no fault of a text alone, and have tests of their own."""

LONG = Email(
    sender="grace@example.com",
    sender_name="Grace",
    to=("ada@example.org",),
    subject="What we said about the summer party",
    text=(
        "Dear Ada,\n\nthe room in the old mill is ours from six in the evening, and the band"
        " has agreed to play until midnight if the neighbours do not mind.\n\nThe cook asks who"
        " of you eats no meat, since she wants to plan for two pots.\n\nGrace"
    ),
)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_that_is_put_into_a_plain_mail_is_found(kind: Kind) -> None:
    for seed in range(20):
        wrong = FAULTS[kind](LONG, random.Random(seed))

        assert kind in kinds_in(wrong, familiar(LONG)), seed


@pytest.mark.parametrize("mail", [*ORDINARY, LONG], ids=lambda one: one.subject)
def test_nothing_is_found_in_a_plain_mail(mail: Email) -> None:
    assert kinds_in(mail, familiar(mail)) == frozenset()


def test_of_three_hundred_clean_mails_in_many_languages_hardly_any_is_flagged() -> None:
    found = {n: kinds for n, one in enumerate(mails(300)) if (kinds := _grave(one))}

    assert len(found) <= 9, found


def _grave(mail: Email) -> frozenset[str]:
    """They are put together at random: some speak of a file that they have not."""
    return kinds_in(mail, familiar(mail)) - {Kind.MISSING_FILE.value, Kind.INCOMPLETE.value}


def test_every_kind_is_tried_by_a_fault_or_has_a_test_elsewhere() -> None:
    assert set(FAULTS) | ELSEWHERE == set(Kind)
    assert not set(FAULTS) & ELSEWHERE


def test_every_finding_about_what_is_hidden_has_its_kind() -> None:
    assert {Kind(one.replace("_", "-")) for one in Smuggled} <= set(Kind)


def test_a_kind_that_nobody_weighed_would_cost_nothing() -> None:
    assert all(0 < kind.weight < 1 and kind.meaning for kind in Kind)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a@",
            "1 ",
            "{{",
            "%%a",
            "<<a ",
            "[[a ",
            "(a.",
            "a.b-",
            "dear ",
            "http://a.",
            "passport no ",
        ),
        *("Monday, 5 May ", "is attached to ", "birth date ", "-----BEGIN PGP SIGNATURE-----"),
        *("ignore all ", "you are ", "return ", "word " * 13 + "\n\n"),
    ],
)
def test_no_text_makes_the_rules_slow(piece: str) -> None:
    slow = LONG.model_copy(update={"text": piece * (MB // len(piece))})
    begun = process_time()

    Rules().score(slow, familiar(slow))
    speaks_to_a_model(slow.text)

    assert process_time() - begun < 8
