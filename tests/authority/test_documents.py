"""A document has one spelling, and whatever else is written is none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.authority import documents
from schemas.authority.documents import Approval, Enrolment, Item, Revocation
from schemas.authority.holders import of_file
from schemas.receipts.keys import trust_file
from schemas.receipts.reading import Unreadable, canonical
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import ADA, BOB

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
APPROVAL = Approval(
    log="holdshort/tests",
    items=(Item(7, 1, "ab" * 32), Item(8, 2, "cd" * 32)),
    approver="ada",
    approved_at=NOON,
    expires_at=NOON + HOUR,
    held_until=None,
)
ENROLMENT = Enrolment(person="ada", key=ADA.key, not_before=NOON, not_after=NOON + HOUR)
REVOCATION = Revocation(key=ADA.key.name, document=None, why="lost")
READERS: tuple[tuple[Any, Callable[[bytes], object]], ...] = (
    (APPROVAL, documents.approval),
    (ENROLMENT, documents.enrolment),
    (REVOCATION, documents.revocation),
)


@pytest.mark.parametrize(("document", "read"), READERS)
def test_a_document_is_read_back_as_it_was_written(
    document: Any, read: Callable[[bytes], object]
) -> None:
    assert read(document.written()) == document


def test_the_written_form_of_an_approval_never_changes() -> None:
    assert APPROVAL.written() == (
        b'{"approved_at":"2026-11-24T12:00:00.000000Z","approver":"ada",'
        b'"expires_at":"2026-11-24T13:00:00.000000Z","held_until":null,'
        b'"items":[{"intent":7,"manifest":"' + b"ab" * 32 + b'","version":1},'
        b'{"intent":8,"manifest":"' + b"cd" * 32 + b'","version":2}],'
        b'"log":"holdshort/tests"}'
    )


@pytest.mark.parametrize(("document", "read"), READERS)
def test_another_spelling_of_a_document_is_unreadable(
    document: Any, read: Callable[[bytes], object]
) -> None:
    written = document.written()
    told = json.loads(written)
    unknown = canonical({**told, "more": 1})
    twice = written[:-1] + b"," + written[1:]

    for other in (b" " + written, json.dumps(told).encode(), unknown, twice, b"", b"[]"):
        with pytest.raises(Unreadable):
            read(other)


@pytest.mark.parametrize(
    "change",
    [
        {"items": []},
        {"items": [{"intent": 7, "version": 1, "manifest": "ab" * 32}] * 2},
        {"items": [{"intent": 7, "version": 1, "manifest": "AB" * 32}]},
        {"items": [{"intent": True, "version": 1, "manifest": "ab" * 32}]},
        {"items": [{"intent": -7, "version": 1, "manifest": "ab" * 32}]},
        {"items": [7]},
        {"approver": ""},
        {"approver": " ada"},
        {"approver": "a\nda"},
        {"approver": "a" * 201},
        {"expires_at": "2026-11-24T12:00:00.000000Z"},
        {"expires_at": "2026-11-24T13:00:00Z"},
        {"expires_at": "2026-11-24T13:00:00.0Z"},
        {"held_until": "2026-11-24T13:00:00.000000Z"},
        {"held_until": ""},
        {"log": None},
    ],
    ids=str,
)
def test_what_no_approval_may_say_is_unreadable(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        documents.approval(canonical({**json.loads(APPROVAL.written()), **change}))


def test_an_approval_has_at_most_a_hundred_items() -> None:
    items = [{"intent": n, "version": 1, "manifest": "ab" * 32} for n in range(1, 102)]

    with pytest.raises(Unreadable, match="1 to 100"):
        documents.approval(canonical({**json.loads(APPROVAL.written()), "items": items}))


def _passkey(**changed: object) -> dict[str, object]:
    return {"key": {**Authenticator().passkey.as_json(), **changed}}


@pytest.mark.parametrize(
    "change",
    [
        {"person": ""},
        {"key": "ada"},
        {"key": {}},
        pytest.param(_passkey(origins=[]), id="no origins"),
        pytest.param(_passkey(rp_id=""), id="no rp_id"),
        {"not_after": "2026-11-24T12:00:00.000000Z"},
        {"not_after": ""},
    ],
    ids=str,
)
def test_what_no_enrolment_may_say_is_unreadable(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        documents.enrolment(canonical({**json.loads(ENROLMENT.written()), **change}))


@pytest.mark.parametrize(
    "change",
    [{"key": None}, {"document": "ab" * 32}, {"key": None, "document": "x"}, {"why": " "}],
)
def test_what_no_revocation_may_say_is_unreadable(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        documents.revocation(canonical({**json.loads(REVOCATION.written()), **change}))


def test_a_file_holds_the_one_key_that_is_to_be_enrolled() -> None:
    passkey = Authenticator().passkey

    assert of_file(trust_file(ADA.key).encode()) == ADA.key
    assert of_file(canonical(passkey.as_json())) == passkey
    for other in (trust_file(ADA.key, BOB.key).encode(), trust_file().encode(), b"[]"):
        with pytest.raises(Unreadable):
            of_file(other)
