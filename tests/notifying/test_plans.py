"""A look costs what waits, however much was told or done."""

from __future__ import annotations

import datetime as dt

from outbox.notices import Hearing, Kind, Teller
from outbox.store import Connection
from tests.parts import journey

MANY = 2000
READ = (
    b"SELECT sum(seq_tup_read + idx_tup_fetch), sum(seq_scan + idx_scan)"
    b" FROM pg_stat_xact_user_tables WHERE relname IN ('notified', 'intent')"
)


def test_a_session_that_began_before_anything_was_told_reads_each_row_once(
    db: Connection,
) -> None:
    journey.proposed(db)
    db.execute("ALTER TABLE outbox.intent DISABLE TRIGGER ALL")
    db.execute(
        "INSERT INTO outbox.intent"
        " (idempotency_key, producer, channel, state, moved_by, digest)"
        " SELECT state || n, 'tests', 'email', state, 'human', repeat('0', 64)"
        " FROM unnest(ARRAY['rejected', 'in_review']) AS state, generate_series(1, %s) AS n",
        (MANY,),
    )
    db.execute("ANALYZE")
    heard = Hearing(route="r", kinds=tuple(Kind), gather=dt.timedelta(0))
    teller = Teller(db, worker="notifier-1", lease=dt.timedelta(minutes=1))
    found = teller.claim(heard)
    assert found is not None
    teller.record("r", found.fence, found.notices)

    with db.transaction():  # what is counted in it is not taken away meanwhile
        [before] = db.execute(READ).fetchall()
        assert teller.claim(heard) is None
        [after] = db.execute(READ).fetchall()

    rows, searches = (int(now - then) for now, then in zip(after, before, strict=True))
    assert len(found.notices) > MANY
    assert rows < 3 * MANY
    assert searches < 10
