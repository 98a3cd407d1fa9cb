"""The embedded database server's own log repeats nothing of what it refuses."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from deploy.local.postgres import EmbeddedPostgres
from schemas.migrate import upgrade
from tests.erasure.canaries import Canaries


def test_neither_a_refused_row_nor_its_statement_is_in_the_log(own_room: Path) -> None:
    canaries = Canaries()
    row, literal = canaries.word("row"), canaries.word("statement")
    with EmbeddedPostgres(own_room / "postgres") as dsn:
        upgrade(dsn)
        with psycopg.connect(dsn, autocommit=True) as db:
            with pytest.raises(psycopg.errors.CheckViolation, match=row.encode().hex()[:20]):
                db.execute(
                    "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content,"
                    " written_by) VALUES (1, 1, 'x', sha256('x'), %s, 'x')",
                    (row.encode(),),
                )
            with pytest.raises(psycopg.errors.DivisionByZero):
                db.execute(f"SELECT 1 / 0, '{literal}'".encode())

    log = b"".join(file.read_bytes() for file in (own_room / "postgres").glob("*.log"))
    assert b"a_digest_names_these_very_bytes" in log
    assert b"division by zero" in log
    assert canaries.found_in(log) == set()
