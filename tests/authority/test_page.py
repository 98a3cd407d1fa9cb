"""The page of authority says what is so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.authority import documents, standing
from schemas.authority.spelling import Written
from schemas.receipts.reading import Unreadable

PAGE = (Path(__file__).parents[2] / "docs" / "AUTHORITY.md").read_text("utf-8")
EXAMPLES = [line.encode() for line in PAGE.splitlines() if line.startswith("{")]


READERS: dict[str, Callable[[bytes], Written]] = {
    "approval": documents.approval,
    "enrolment": documents.enrolment,
    "revocation": documents.revocation,
    "grant": standing.grant,
    "delegation": standing.delegation,
}


@pytest.mark.parametrize("kind", READERS)
def test_each_example_of_a_document_is_one(kind: str) -> None:
    [example] = [line for line in EXAMPLES if _reads(kind, line)]

    assert READERS[kind](example).written() == example


def test_the_page_names_the_limit_that_the_code_keeps() -> None:
    assert f"1 to {documents.MOST_ITEMS} items" in PAGE
    assert documents.APPROVAL in PAGE


def _reads(kind: str, line: bytes) -> bool:
    try:
        READERS[kind](line)
    except Unreadable:
        return False
    return True
