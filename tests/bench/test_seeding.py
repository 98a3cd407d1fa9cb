"""A database that is filled at once is as one that was filled by months of work."""

from __future__ import annotations

from deploy.bench.flat.seeding import seed
from outbox.store import Connection

_INDEXES = """
    SELECT indexrelid::regclass::text, indisvalid FROM pg_index
      JOIN pg_class ON pg_class.oid = indrelid
     WHERE relnamespace = 'outbox'::regnamespace"""


def test_every_index_is_there_again_that_of_a_partition_too(dsn: str, db: Connection) -> None:
    before = set(db.execute(_INDEXES))
    seed(dsn, 200)
    assert set(db.execute(_INDEXES)) == before
