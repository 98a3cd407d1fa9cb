"""The keyed digest of the database is HMAC-SHA-256, as the standard has it."""

from __future__ import annotations

import hmac
import random

import pytest

from outbox.store import Connection

RFC_4231 = [
    (
        b"\x0b" * 20,
        b"Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ),
    (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (
        b"\xaa" * 20,
        b"\xdd" * 50,
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    ),
    (
        bytes(range(1, 26)),
        b"\xcd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ),
    (b"\x0c" * 20, b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data."
        b" The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]


@pytest.mark.parametrize(("key", "content", "digest"), RFC_4231)
def test_it_is_what_the_standards_own_examples_say(
    db: Connection, key: bytes, content: bytes, digest: str
) -> None:
    [(found,)] = db.execute("SELECT outbox.hmac(%s, %s)", (key, content)).fetchall()

    assert found.hex()[: len(digest)] == digest


def test_it_is_what_another_implementation_says(db: Connection) -> None:
    chance = random.Random(20)
    pairs = [
        (chance.randbytes(chance.randrange(100)), chance.randbytes(chance.randrange(300)))
        for _ in range(500)
    ]
    keys, contents = zip(*pairs, strict=True)

    found = db.execute(
        "SELECT outbox.hmac(k, c) FROM unnest(%s::bytea[], %s::bytea[]) AS u (k, c)",
        ([*keys], [*contents]),
    ).fetchall()

    assert [row[0] for row in found] == [hmac.digest(k, c, "sha256") for k, c in pairs]


def test_no_two_secrets_are_alike(db: Connection) -> None:
    found = db.execute("SELECT outbox.new_secret() FROM generate_series(1, 1000)").fetchall()

    assert len(set(found)) == 1000
    assert {len(secret) for (secret,) in found} == {32}
