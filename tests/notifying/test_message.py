"""The words of a notification: counts, numbers, states, ages and where to look; no more."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from consumers.notifying.message import LISTED, Message, message, trial
from outbox.notices import Kind, Notice

NOW = dt.datetime(2026, 11, 28, 15, tzinfo=dt.UTC)
HERE = "https://console.example"


def ago(**time: float) -> dt.datetime:
    return NOW - dt.timedelta(**time)


def said(*notices: Notice) -> Message:
    return message("on-call", notices, HERE, NOW)


def strand(id: int, **time: float) -> Notice:
    return Notice(Kind.STRANDED, id, "stranded", ago(**time))


def test_the_urgent_comes_first_whatever_the_order() -> None:
    told = said(
        Notice(Kind.IN_REVIEW, 3, "in_review", ago(minutes=3)),
        strand(7, minutes=59, seconds=59),
        Notice(Kind.IN_REVIEW, 4, "in_review", ago(hours=30)),
    )

    assert told.subject == "Holdshort: 1 stranded, 2 in review"
    assert told.text == (
        "1 stranded: nobody knows whether it has left; no machine tries it again\n"
        "  7  stranded for 59 minutes  https://console.example/intents/7\n"
        "\n"
        "2 in review: somebody has to look closely\n"
        "  3  in_review for 3 minutes  https://console.example/intents/3\n"
        "  4  in_review for 30 hours  https://console.example/intents/4\n"
        "\n"
        "No link decides anything: it shows a page, where you sign in.\n"
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_words_and_data(kind: Kind) -> None:
    intent = 0 if kind in (Kind.SWITCH, Kind.ATTESTER_SILENT) else 7
    told = said(Notice(kind, intent, "on", ago(days=3)))

    assert "3 days" in told.text
    assert told.data["counts"] == {kind.value: 1}
    place = "intents/7" if intent else "system"
    [one] = json.loads(json.dumps(told.data))["notices"]
    assert one == {
        "kind": kind.value,
        "intent": intent or None,
        "state": "on",
        "since": "2026-11-25T15:00:00Z",
        "url": f"{HERE}/{place}",
    }


def test_of_many_some_are_named_and_all_are_counted() -> None:
    told = said(*(strand(id) for id in range(1, 501)))

    assert told.subject == "Holdshort: 500 stranded"
    assert told.text.count("/intents/") == LISTED
    assert f"  and {500 - LISTED} more\n" in told.text
    assert told.data["counts"] == {"stranded": 500}


def test_the_same_told_again_is_known_by_its_id_and_anything_else_is_not() -> None:
    other_route = message("others", [strand(7)], HERE, NOW)

    assert said(strand(7)).id == said(strand(7)).id
    assert (
        len(
            {
                said(strand(7)).id,
                said(strand(8)).id,
                said(strand(7, hours=1)).id,
                other_route.id,
            }
        )
        == 4
    )


def test_a_clock_that_is_behind_tells_no_negative_age() -> None:
    assert "stranded for a moment" in said(strand(7, hours=-1)).text
    assert "stranded for a minute" in said(strand(7, seconds=61)).text


def test_a_trial_says_that_nothing_waits() -> None:
    assert "Nothing waits" in trial("on-call", "x").text
