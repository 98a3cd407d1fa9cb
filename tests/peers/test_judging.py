"""Two counts, one verdict: the mail server's and the product's own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.peers.judging import Books, Round, judged

TWO = ("mail-1", "mail-2")


def a_round(
    *accepted: str,
    done: Sequence[str] = (),
    unknown: Sequence[str] = (),
    open: Sequence[str] = (),
) -> Round:
    books = Books(done=frozenset(done), unknown=frozenset(unknown), open=frozenset(open))
    return Round(handed_in=TWO, accepted=accepted, struck="mail-1", books=books)


def test_every_copy_beyond_the_first_is_a_duplicate_and_the_worst_kill_is_named() -> None:
    found = judged(
        [
            a_round("mail-1", "mail-2", "mail-1", "mail-1", done=TWO),
            a_round("mail-1", "mail-2", "mail-2", done=TWO),
        ]
    )

    assert (found.duplicates, found.worst) == (3, 2)
    assert (found.arrived, found.mails) == (4, 4)


def test_a_mail_that_never_came_and_is_called_done_is_lost() -> None:
    found = judged([a_round("mail-2", done=TWO)])

    assert found.lost == 1


def test_a_mail_that_never_came_and_is_in_no_list_is_lost() -> None:
    found = judged([a_round("mail-2", done=["mail-2"])])

    assert found.lost == 1


@pytest.mark.parametrize("place", ["unknown", "open"])
def test_a_mail_that_the_product_itself_shows_as_unsent_is_not_lost(place: str) -> None:
    one = a_round("mail-2", done=["mail-2"], **{place: ["mail-1"]})

    found = judged([one])

    assert found.lost == 0
    assert (found.asked, found.idle) == ((1, 0) if place == "unknown" else (0, 1))


def test_only_the_mail_at_which_it_died_counts_as_shown() -> None:
    others = a_round("mail-1", "mail-2", done=["mail-1"], unknown=["mail-2"])
    itself = a_round("mail-1", "mail-2", done=["mail-2"], unknown=["mail-1"])

    assert judged([others]).shown == 0
    assert judged([itself]).shown == 1


def test_a_round_without_a_kill_is_void_and_proves_nothing() -> None:
    void = Round(handed_in=TWO, accepted=[*TWO, *TWO], struck=None, books=Books())

    found = judged([void])

    assert (found.void, found.kills, found.mails, found.duplicates) == (1, 0, 0, 0)
