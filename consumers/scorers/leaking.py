"""Rules about what should stay in the house: secrets, and what belongs to other people.

What is found is named by its kind and never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind
from consumers.scorers.leaks import cards, exposed, labelled, scattered
from consumers.scorers.reading import Reading

MANY = 5
"""Addresses of others in one text that make it a list."""

PERSONAL = {
    "a social security number": re.compile(
        r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])", re.ASCII
    ),
    "a national insurance number": re.compile(
        r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.ASCII
    ),
    "a date of birth": re.compile(
        r"\b(?:dates? of birth|birth ?date|DOB|born on|geboren am|Geburtsdatum|n\u00e9e? le)"
        r"(?: is)?[ \t]{0,3}[:=]?[ \t]{0,3}(?:[A-Z][a-z]{2,8}\.? )?\d",
        re.IGNORECASE,
    ),
    "the number of an identity document": re.compile(
        r"\b(?:passport|driving licen[cs]e|driver'?s licen[cs]e|identity card|national id"
        r"|tax id|steuer-?id|personalausweis)(?: (?:no|nr|number)\.?)?(?: is)?[ \t]{0,3}[:#]?"
        r"[ \t]{0,3}(?=[A-Z]{0,3}\d)[A-Z0-9]{6,14}\b",
        re.IGNORECASE,
    ),
    "a diagnosis": re.compile(
        r"\b(?:diagnosis|diagnose)(?: is)?[ \t]{0,3}:|\bdiagnosed with\b|\bHIV[- ]positive\b"
        r"|\b(?:ICD(?:-10)?)[ \t]{0,3}:?[ \t]{0,3}[A-TV-Z]\d\d",
        re.IGNORECASE,
    ),
}
"""What identifies a person or tells of their health, as it is written or labelled."""

_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)


def secret(reading: Reading, _: History) -> Iterator[Found]:
    """A secret on its way out."""
    kinds = (*exposed(reading.carried), *labelled(reading.seen), *scattered(reading.seen))
    for kind in kinds:
        yield Found(Kind.SECRET, f"it holds {kind}")
    for end in cards(reading.seen):
        yield Found(Kind.CARD_NUMBER, f"it holds a card number that ends in {end}")


def personal(reading: Reading, _: History) -> Iterator[Found]:
    """What is about one person, and nobody else's."""
    for kind, shape in PERSONAL.items():
        if shape.search(reading.seen):
            yield Found(Kind.PERSONAL_DATA, f"it holds {kind}")


def listing(reading: Reading, _: History) -> Iterator[Found]:
    """The addresses of many others."""
    known = {one.lower() for one in reading.recipients}
    if reading.mail:
        known.add(reading.mail.sender.lower())
    others = {found[0].lower() for found in _MAILBOX.finditer(reading.own)} - known
    if len(others) >= MANY:
        yield Found(Kind.ADDRESS_LIST, f"it tells the mail addresses of {len(others)} others")
