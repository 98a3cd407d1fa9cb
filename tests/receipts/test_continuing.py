"""A log only grows: what was known of it once must be the past of what it is now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.receipts.bundle import Since
from tests.parts.bundles import busy, busy_elsewhere, busy_until
from tests.receipts.judging import said

LOG = busy()
ONE, WHOLE = LOG.of_intent(1), LOG.of_log()


def test_a_log_that_has_grown_since_is_its_own_continuation() -> None:
    for old in range(1, 19):
        assert said(LOG.of_intent(2, since=old), known=LOG.note(old)).startswith("valid")
        assert said(WHOLE, known=LOG.note(old)).startswith("valid")


def test_a_known_checkpoint_that_nothing_proves_is_not_continued() -> None:
    assert said(ONE, known=LOG.note(5)) == (
        "invalid: known checkpoint: nothing proves that the log continues it:"
        " export with --since"
    )
    assert said(ONE, known=LOG.note()).startswith("valid")


@pytest.mark.fault("22 log rolled back")
def test_a_log_that_was_rolled_back_is_smaller_than_it_was_known() -> None:
    before = LOG.note()
    for told in (busy_until(12).of_intent(1), busy_until(12).of_log()):
        assert said(told, known=before) == (
            "invalid: checkpoint: the log had 18 receipts, and now has 12"
        )


@pytest.mark.fault("22 log rolled back")
@pytest.mark.parametrize("known", [14, 18])
def test_a_log_that_was_rolled_back_and_went_on_is_a_fork(known: int) -> None:
    fork = busy_until(12)
    for _ in range(10):
        fork.tell(None, "switch", evidence={"outbound": False})
    bundle, honest = fork.of_intent(1), fork.of_intent(1, since=12).since
    assert honest is not None
    lying = replace(bundle, since=Since(LOG.note(known), honest.proof))

    assert "invalid" in said(bundle, known=LOG.note(known))
    assert said(lying).startswith("invalid: since: the log does not continue it")
    assert said(fork.of_log(), known=LOG.note(known)) == (
        "invalid: known checkpoint: the log does not continue it: rolled back or forked"
    )


def test_a_checkpoint_of_another_log_is_not_continued() -> None:
    assert said(ONE, known=busy_elsewhere().note()) == (
        "invalid: known checkpoint: it is of another log"
    )


def test_the_last_checkpoint_of_a_file_counts() -> None:
    published = LOG.note(3) + "torn" + LOG.note(9)[:40] + "\n" + LOG.note(18)

    assert said(ONE, known=published).startswith("valid")
    assert said(busy_until(17).of_log(), known=published).startswith("invalid: checkpoint")
