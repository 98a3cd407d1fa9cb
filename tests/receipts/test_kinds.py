"""Whatever a receipt is of has a word, and the word is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import outbox
import schemas.migrations
from schemas.receipts.kinds import OF_AN_INTENT, OF_THE_INSTALLATION

LAW = Path(schemas.migrations.__file__).parent / "v0001"
ROOMS = (Path(outbox.__file__).parent, LAW.parents[2] / "consumers")
KNOWN = {**OF_AN_INTENT, **OF_THE_INSTALLATION}

_INSERT = re.compile(r"INSERT INTO outbox\.receipt\s*\(([^)]*)\)\s*(?:SELECT|VALUES)\s*\(?")


def test_what_the_database_writes_is_explained() -> None:
    written = {kind for file in LAW.rglob("*.sql") for kind in _kinds(file.read_text("utf-8"))}
    assert len(written) > 25
    assert written <= KNOWN.keys()


def test_the_database_knows_the_same_kinds_without_an_intent() -> None:
    table = (LAW / "30_intents" / "09_receipt.sql").read_text("utf-8")
    listed = table.partition("kind IN (")[2].partition(")")[0]

    assert set(re.findall(r"'([a-z_]+)'", listed)) == OF_THE_INSTALLATION.keys()


@pytest.mark.parametrize("kind", KNOWN)
def test_nothing_is_explained_that_nobody_writes(kind: str) -> None:
    law = "".join(file.read_text("utf-8") for file in LAW.rglob("*.sql"))
    code = "".join(file.read_text("utf-8") for room in ROOMS for file in room.rglob("*.py"))
    assert f"'{kind}'" in law or f'"{kind}"' in code


def _kinds(statement: str) -> Iterator[str]:
    """The words that stand where the column `kind` is filled."""
    for found in _INSERT.finditer(statement):
        place = [column.strip() for column in found[1].split(",")].index("kind")
        said = list(_parts(statement[found.end() :], place + 1))[place]
        yield from re.findall(r"(?:THEN|ELSE|^)\s*'([a-z_]+)'", said.strip())


def _parts(text: str, most: int) -> Iterator[str]:
    """What stands between commas, those in brackets left alone."""
    depth, part = 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0 or (character == "," and not depth):
            yield part
            part, most = "", most - 1
            if depth < 0 or not most:
                return
        else:
            part += character
