"""What is no bundle, no trust file or no statement of ours is not even judged."""

from __future__ import annotations

import pytest

from schemas.receipts import statement
from schemas.receipts.keys import trust_file
from schemas.receipts.reading import Unreadable
from tests.parts.bundles import busy
from tests.parts.receipts import OURS, TRUST
from tests.receipts.judging import said

ONE = busy().of_intent(1)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format":"urn:holdshort:log:v2","checkpoint":"","receipts":[]}',
        b'{"a":1,"a":1}',
        b"[" * 100_000,
        ONE.written()[:-10],
        ONE.written().replace(b'"intent":1', b'"intent":1.0'),
        ONE.written().replace(b'"intent":1', b'"intent":true'),
        ONE.written().replace(b'"since":null', b'"since":[]'),
        ONE.written().replace(b"{", b'{"intent":2,', 1),
        ONE.written().replace(b'"sig":"', b'"sig":" '),
        *(
            ONE.written().replace(b'%c=="' % char, b'%c=="' % (char + 1))
            for char in b"AQgw"
            if b'%c=="' % char in ONE.written()
        ),
    ],
)
def test_what_is_no_bundle_is_unreadable(text: bytes) -> None:
    assert said(text).startswith("unreadable: ")


@pytest.mark.parametrize(
    "trust",
    [
        b"",
        b"[]",
        b'{"keys":[1]}',
        b'{"keys":["holdshort"]}',
        trust_file(OURS.key, OURS.key).encode(),
        TRUST.replace(b"+", b"+0", 1),
        TRUST.replace(b"holdshort-", b"holdshort_"),
    ],
)
def test_what_is_no_trust_file_is_unreadable(trust: bytes) -> None:
    assert said(ONE, trust=trust).startswith("unreadable: ")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"n": 9007199254740993, "m": -9007199254740993}', "9007199254740993"),
        ('{"n": 1e400}', "1e400"),
        ('{"n": 12345678901234567890.5}', "12345678901234567890.5"),
        ('{"n": 0.25}', 0.25),
        ('{"n": 9007199254740991}', 9007199254740991),
    ],
)
def test_a_number_that_not_every_json_can_hold_is_written_as_text(
    written: str, read: object
) -> None:
    assert statement.evidence(written)["n"] == read


def test_a_statement_that_is_written_in_another_way_is_not_read() -> None:
    content = ONE.receipts[0].envelope.payload
    other = [
        content.replace(b",", b", ", 1),
        content.replace(b'"number":1', b'"number":1.0'),
        content.replace(b"statement", b"statements"),
        content.replace(b"intent/1", b"intent/2"),
        content.replace(b"Statement/v1", b"Statement/v2"),
        content + b" ",
    ]

    assert statement.read(content).number == 1
    for text in other:
        if text != content:
            with pytest.raises(Unreadable):
                statement.read(text)
