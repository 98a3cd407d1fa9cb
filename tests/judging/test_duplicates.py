"""What a recipient has already is held, in other words, too; another mail is let through."""

from __future__ import annotations

from time import process_time

import pytest

from consumers.scorers import History, Sent
from consumers.scorers.reading import read
from consumers.scorers.rules import Rules
from outbox.intent import Email
from outbox.results import Score
from tests.parts.mails import mail

FIRST = mail(
    "Your refund for order 77120",
    "Dear Ada,\n\nwe are sorry that the lamp arrived broken. We have refunded EUR 84.50 to your"
    " account today; it can take three working days until your bank shows it. You need not send"
    " the lamp back.\n\nKind regards, Billing",
)
REWORDED = mail(
    "Refund of order 77120",
    "Hello Ada,\n\nyou need not return the broken lamp. It may take your bank three working"
    " days to show the EUR 84.50 that we refunded to your account. Sorry again that it arrived"
    " damaged.\n\nBest, Billing",
)
ANOTHER_ORDER = mail(
    "Your refund for order 90311",
    FIRST.text.replace("84.50", "19.99").replace("lamp", "kettle"),
)
ANOTHER = mail(
    "Opening hours in June",
    "Dear Ada,\n\nour shop opens at ten in June, and on Saturdays at nine. The workshop stays"
    " closed in the second week, since we move the machines to the new hall.\n\nBilling",
)


def judged(one: Email, sent: Email = FIRST, *, to: str = "ada@example.org") -> Score:
    past = Sent(17, frozenset({to}), read(sent).seen)
    other = Sent(3, frozenset({to}), "Something else that was sent a while ago")
    return Rules().score(one, History((other, past)))


@pytest.mark.parametrize("again", [FIRST, REWORDED], ids=["same", "reworded"])
def test_the_same_under_another_key_is_held_and_names_the_first(again: Email) -> None:
    score = judged(again)

    assert score.holds
    assert score.kinds == ("near-duplicate",)
    assert "intent 17" in score.reasons[0]


def test_the_same_letter_about_another_order_is_another_letter() -> None:
    assert not judged(ANOTHER_ORDER).holds


def test_another_letter_to_the_same_reader_is_no_duplicate() -> None:
    assert not judged(ANOTHER).holds


def test_the_same_letter_to_somebody_else_is_no_duplicate() -> None:
    assert not judged(REWORDED, to="grace@example.org").holds


def test_a_signature_and_what_is_quoted_make_no_duplicate() -> None:
    quoted = "\n".join(f"> {line}" for line in FIRST.text.splitlines())
    answer = mail("Re: Your refund", f"Hi Ada,\n\nthe bank confirmed it now.\n\n{quoted}")

    assert not judged(answer).holds


def test_five_hundred_long_letters_to_one_reader_are_compared_within_a_second() -> None:
    texts = [f"{' '.join(f'w{n}x{word}' for word in range(3000))}" for n in range(500)]
    past = History(
        tuple(Sent(n, frozenset({"ada@example.org"}), text) for n, text in enumerate(texts))
    )
    Rules().score(FIRST, past)
    begun = process_time()

    Rules().score(REWORDED, past)

    assert process_time() - begun < 1
