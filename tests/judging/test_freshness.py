"""What may be so no longer is held: a person looks, and nobody is called stale by guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from consumers.scorers import History
from consumers.scorers.freshness import Freshness
from outbox.errors import BadSettings
from outbox.intent import Artifact
from outbox.results import Score
from tests.parts.mails import ORDINARY

NOW = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Prices:
    """A house's own look-up."""

    sentences: tuple[str, ...] = ()

    def stale(self, artifact: Artifact) -> Iterable[str]:
        return self.sentences


@dataclass
class Mailbox:
    """A house's own threads."""

    at: dt.datetime | None = None

    def last(self, artifact: Artifact) -> dt.datetime | None:
        return self.at


class Down(Prices, Mailbox):
    """Its database is away."""

    def stale(self, artifact: Artifact) -> Iterable[str]:
        raise ConnectionError

    def last(self, artifact: Artifact) -> dt.datetime | None:
        raise ConnectionError


def judged(
    history: History, *, facts: Prices | None = None, tail: Mailbox | None = None
) -> Score:
    freshness = Freshness([facts or Prices()], [tail or Mailbox()], lambda: NOW)
    return freshness.score(ORDINARY[0], history)


def test_a_mail_that_says_nothing_about_time_is_left_alone() -> None:
    score = judged(History())

    assert (score.confidence, score.holds, score.kinds) == (1.0, False, ())


def test_what_may_leave_for_a_short_time_only_is_looked_at_soon() -> None:
    soon = judged(History(not_after=NOW + 59 * MINUTE))
    later = judged(History(not_after=NOW + 61 * MINUTE))

    assert soon.kinds == ("soon-over",)
    assert soon.confidence < 0.7
    assert later.kinds == ()


def test_a_fact_that_is_not_so_any_more_holds_it_with_the_hooks_own_sentence() -> None:
    score = judged(History(), facts=Prices(("the price has changed",)))

    assert (score.holds, score.reasons) == (True, ("the price has changed",))


def test_a_thread_that_has_gone_on_since_it_was_written_holds_it() -> None:
    written = History(written_at=NOW - 10 * MINUTE)

    assert judged(written, tail=Mailbox(NOW - 9 * MINUTE)).kinds == ("thread-went-on",)
    assert judged(written, tail=Mailbox(NOW - 9 * MINUTE)).holds
    assert judged(written, tail=Mailbox(NOW - 11 * MINUTE)).kinds == ()
    assert judged(written, tail=Mailbox(None)).kinds == ()


def test_what_was_written_nobody_knows_when_is_held_if_there_is_a_thread() -> None:
    assert judged(History(), tail=Mailbox(NOW - 10_000 * MINUTE)).holds


@pytest.mark.parametrize("hooks", [{"facts": Down()}, {"tail": Down()}], ids=["facts", "tail"])
def test_a_hook_that_fails_is_no_yes(hooks: dict[str, Down]) -> None:
    with pytest.raises(ConnectionError):
        judged(History(), **hooks)


@pytest.mark.parametrize("name", ["HOLDSHORT_FACTS", "HOLDSHORT_THREADS"])
def test_a_hook_that_is_not_installed_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "prices")

    with pytest.raises(BadSettings, match="there is no entry point prices"):
        Freshness()
