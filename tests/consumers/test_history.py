"""What was sent before, as the scorers know it."""

from __future__ import annotations

import pytest

from consumers import scoring
from consumers.scorers import History
from consumers.scorers.history import Past
from consumers.scorers.rules import Rules
from deploy.bench.flat.rewriting import rewriting
from deploy.bench.flat.seeding import seed
from outbox.claim import SCORE
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection, sql
from tests.parts import journey
from tests.parts.journey import mail
from tests.parts.panels import Here


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="worker-1")


def delivered(db: Connection, ledger: Ledger) -> int:
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={})
    return claim.id


def test_a_new_domain_is_known_once_something_was_sent_there(
    db: Connection, ledger: Ledger
) -> None:
    past = Past(db)
    before = past.read().domains
    delivered(db, ledger)
    journey.proposed(db, mail("Another subject"))

    scoring.look(ledger, Here(Rules()), past)

    assert before == frozenset()
    assert past.read().domains == {"example.org"}


def test_a_mail_that_was_sent_already_is_noticed_under_another_key(
    db: Connection, ledger: Ledger
) -> None:
    first = delivered(db, ledger)
    twin = journey.proposed(db)

    scoring.look(ledger, Here(Rules()), Past(db))

    found = db.execute(
        "SELECT confidence, reasons FROM outbox.score WHERE intent_id = %s", (twin.id,)
    ).fetchall()
    assert found == [(0.5, [f"100% of it was sent to a same recipient as intent {first}"])]


def test_who_had_it_before_five_hundred_others_is_remembered(
    direct_dsn: str, db: Connection, ledger: Ledger
) -> None:
    seed(direct_dsn, 1500, waiting=False)
    with rewriting(db, "intent"):
        db.execute("UPDATE outbox.intent SET idempotency_key = 'seeded-' || id")
    first = delivered(db, ledger)
    with rewriting(db, "intent"):
        db.execute("UPDATE outbox.intent SET moved_at = '-infinity' WHERE id = %s", (first,))
    twin, other = journey.proposed(db), journey.proposed(db, mail(to="bob@example.org"))

    assert first not in [sent.intent for sent in Past(db).read([other.id]).sent]
    assert first in [sent.intent for sent in Past(db).read([twin.id]).sent]


def test_what_is_not_sent_is_not_history(db: Connection, ledger: Ledger) -> None:
    journey.stranded(db, ledger)

    assert Past(db).read() == History()


def test_sent_bytes_that_are_no_mail_teach_nothing(db: Connection, ledger: Ledger) -> None:
    db.execute("SELECT outbox.submit('key-of-others', 'others', 'email', 'not a mail')")
    for claim in ledger.claim(SCORE):
        ledger.score(claim, journey.a_score(0.9))
    db.execute("ALTER TABLE outbox.intent DISABLE TRIGGER USER")
    db.execute("ALTER TABLE outbox.intent DROP CONSTRAINT nothing_leaves_unapproved")
    db.execute("ALTER TABLE outbox.intent DROP CONSTRAINT nothing_leaves_without_a_permit")
    db.execute("ALTER TABLE outbox.intent DROP CONSTRAINT sent_means_receipted")
    db.execute("UPDATE outbox.intent SET state = 'sent'")

    [sent] = Past(db).read().sent

    assert sent.recipients == frozenset()


def test_each_sent_artifact_is_read_once(db: Connection, ledger: Ledger) -> None:
    past = Past(db)
    first = delivered(db, ledger)
    [known] = past.read().sent

    second = delivered(db, ledger)
    rows = db.execute(sql("history"), {"known": [first], "ids": []}).fetchall()
    newer, older = past.read().sent

    assert [(id, content is None) for id, content in rows] == [(second, False), (first, True)]
    assert (newer.intent, older) == (second, known)


def test_the_history_is_found_by_its_own_index(db: Connection) -> None:
    db.execute("SET enable_seqscan = off")
    db.execute("SET enable_bitmapscan = off")

    plan = db.execute(b"EXPLAIN " + sql("history"), {"known": [1], "ids": [1]}).fetchall()

    assert "Index Scan Backward using intent_sent" in str(plan)
    assert "using recipient_by_address" in str(plan)
