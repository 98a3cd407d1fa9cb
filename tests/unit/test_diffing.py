"""What one version says otherwise than another: nothing is left out, and it is told in time."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.diffing import Hunk, Mark, compare, hunks
from outbox.diffing.comparing import TEXTS
from outbox.diffing.lines import AROUND, MOST_LINES
from outbox.diffing.shortest import MOST_ITEMS, MOST_STEPS, spans
from outbox.intent import Amount, Attachment, Email

MAIL = Email(
    sender="billing@example.com",
    to=("ada@example.org",),
    subject="Your invoice",
    text="Dear Ada,\n\nyou owe us 700 euros.\n",
)
FEW = st.lists(st.sampled_from("abc"), max_size=12)
LONG = 2**20


def said(found: tuple[Hunk, ...], *marks: Mark) -> list[str]:
    lines = (line for hunk in found for line in hunk.lines if line.mark in marks)
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def longest_common(one: list[str], other: list[str]) -> int:
    """By the book: a table of all beginnings."""
    row = [0] * (len(other) + 1)
    for item in one:
        before = row[:]
        for at, there in enumerate(other, 1):
            row[at] = before[at - 1] + 1 if item == there else max(before[at], row[at - 1])
    return row[-1]


@given(FEW, FEW)
def test_both_are_told_whole_and_as_much_as_can_be_is_the_same(
    one: list[str], other: list[str]
) -> None:
    found = spans(one, other)

    assert [item for span in found for item in one[span.start : span.stop]] == one
    assert [item for span in found for item in other[span.begin : span.end]] == other
    same = [(one[s.start : s.stop], other[s.begin : s.end]) for s in found if s.same]
    assert all(a == b for a, b in same)
    assert sum(len(a) for a, _ in same) == longest_common(one, other)


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_every_line_that_is_not_the_same_is_told(one: str, other: str) -> None:
    found = hunks(one, other)

    assert (found == ()) is (one == other)
    for text, mark in ((one, Mark.GONE), (other, Mark.NEW)):
        lines = text.split("\n")
        told = {line.number for hunk in found for line in hunk.lines if line.mark is mark}
        assert said(found, mark) == [lines[number - 1] for number in sorted(told)]
    gone, new = [len(said(found, mark)) for mark in (Mark.GONE, Mark.NEW)]
    assert len(one.split("\n")) - gone == len(other.split("\n")) - new


def test_a_line_is_told_by_its_words() -> None:
    other = MAIL.model_copy(update={"text": MAIL.text.replace("700", "70")})

    [text] = compare(MAIL, other).texts

    [hunk] = text.hunks
    assert text.name == "text"
    assert [(line.mark, line.number) for line in hunk.lines] == [
        *((Mark.SAME, 1), (Mark.SAME, 2), (Mark.GONE, 3), (Mark.NEW, 3), (Mark.SAME, 4)),
    ]
    told = [[(p.text, p.changed) for p in hunk.lines[at].pieces] for at in (2, 3)]
    assert told == [
        [("you owe us ", False), (number, True), (" euros.", False)] for number in ("700", "70")
    ]


def test_of_what_is_the_same_only_what_is_near_is_told() -> None:
    lines = [str(number) for number in range(100)]
    other = [*lines[:20], "other", *lines[21:90], *lines[91:]]

    first, second = hunks("\n".join(lines), "\n".join(other))

    assert said((first,), Mark.SAME) == [*lines[20 - AROUND : 20], *lines[21 : 21 + AROUND]]
    assert (said((first,), Mark.GONE), said((first,), Mark.NEW)) == (["20"], ["other"])
    assert (said((second,), Mark.GONE), said((second,), Mark.NEW)) == (["90"], [])


def test_what_no_eye_sees_is_told() -> None:
    for other in ("a b\r\n", "a\u00a0b\n", "a b", "a\u200b b\n", " a b\n"):
        assert hunks("a b\n", other), repr(other)


def test_fields_are_told_by_their_values() -> None:
    file = Attachment(filename="a.pdf", media_type="application/pdf", content=b"eA==")
    other = Attachment(filename="a.pdf", media_type="application/pdf", content=b"eQ==")
    before = MAIL.model_copy(update={"attachments": (file,)})
    changed = {
        "to": ("bob@example.org", "ada@example.org"),
        "amount": Amount(value=7000, currency="EUR"),
        "attachments": (other,),
    }

    found = compare(before, before.model_copy(update=changed))

    assert found.texts == ()
    told = {field.name: (field.before, field.after) for field in found.fields}
    assert told["to"] == (("ada@example.org",), ("bob@example.org", "ada@example.org"))
    assert told["amount"] == ((), ("7000 EUR",))
    assert set(told) == {"to", "amount", "attachments"}
    assert told["attachments"][0] != told["attachments"][1]


def test_no_field_of_a_mail_is_forgotten() -> None:
    other = Email(
        sender="other@example.com",
        sender_name="Other",
        to=("bob@example.org",),
        cc=("cy@example.org",),
        subject="Another",
        text="Other",
        html="<p>Other</p>",
        attachments=(
            Attachment(filename="a.pdf", media_type="application/pdf", content=b"eA=="),
        ),
        amount=Amount(value=1, currency="EUR"),
    )

    found = compare(MAIL, other)

    told = {field.name for field in found.fields} | {text.name for text in found.texts}
    assert told == set(Email.model_fields) - {"channel"}
    assert set(TEXTS) < told
    same = compare(other, other)
    assert (same.fields, same.texts) == ((), ())


def test_what_differs_in_too_many_lines_is_told_whole() -> None:
    one, other = "a\n" * MOST_LINES, "b\n" * MOST_LINES

    found = hunks(one, other)

    assert said(found, Mark.GONE, Mark.NEW) == [
        one.removesuffix("\n"),
        other.removesuffix("\n"),
    ]


def test_what_differs_in_too_many_places_is_told_whole() -> None:
    one, other = [*"ab" * MOST_STEPS], [*"ac" * MOST_STEPS]
    many = [str(number) for number in range(MOST_ITEMS)]

    assert [span.same for span in spans(one, other)] == [True, False]
    assert [span.same for span in spans(many, many[::-1])] == [False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\n" * (LONG // 2), "b\n" * (LONG // 2)),
        ("a\nb\n" * (LONG // 4), "b\nb\na\n" * (LONG // 6)),
        ("a b " * (LONG // 4), "b a a " * (LONG // 6)),
        ("a" * LONG, "a" * (LONG - 1) + "b"),
        ("x y\n" * 4999, "y x\n" * 4999),
        ("a\n" * (LONG // 2), "a\n" * (LONG // 2 - 1) + "b\n"),
        (("w " * 49 + "\n") * 10_000, ("w " * 25 + "v " * 24 + "\n") * 10_000),
        ("ab" * 200 + "\n" * 4000, "ba" * 200 + "c\n" * 4000),
    ],
    ids=range(8),
)
def test_a_megabyte_is_told_soon_whoever_wrote_it(one: str, other: str) -> None:
    begun = monotonic()

    found = hunks(one, other)

    assert found
    assert monotonic() - begun < 5  # far below it, unless it grows with the square
