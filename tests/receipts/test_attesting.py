"""What the attester makes of the receipts of a real ledger."""

from __future__ import annotations

import threading

import psycopg
import pytest
import sqlalchemy

from deploy import exporting
from deploy.bench.flat.rewriting import rewriting
from outbox import proofs
from outbox.desk import Desk
from outbox.errors import NotFound
from outbox.receiptlog import ReceiptLog
from outbox.store import Connection, connect
from schemas.receipts import statement
from tests.parts import journey
from tests.parts.receipts import EVES, OURS, TRUST, attest, attester
from tests.receipts.judging import said
from tests.receipts.lives import sent, sent_again


def kinds_in(db: Connection, chain: int) -> list[str]:
    rows = db.execute(
        "SELECT statement FROM outbox.leaf WHERE chain = %s ORDER BY number", (chain,)
    )
    return [statement.read(bytes(row[0])).kind for row in rows]


def test_the_receipts_of_an_intent_verify_as_a_stranger_reads_them(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    ids = [sent(db), sent_again(db)]
    attest(db)

    verdicts = [said(exporting.of_intent(look, id, OURS)) for id in ids]

    assert [verdict.partition(";")[0] for verdict in verdicts] == [
        f"valid: intent {ids[0]}: 6 receipts",
        f"valid: intent {ids[1]}: 11 receipts",
    ]
    assert kinds_in(db, ids[0]) == journey.kinds_of(db, ids[0])


def test_the_whole_log_verifies_and_has_every_receipt_once(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    sent(db)
    attest(db)
    sent_again(db)
    attest(db)

    [(receipts,)] = db.execute("SELECT count(*) FROM outbox.receipt").fetchall()

    assert said(exporting.of_log(look)).startswith("valid: log holdshort/")
    assert len(exporting.of_log(look).receipts) == receipts
    assert proofs.unattested(look) == 0


def test_the_switch_and_the_armings_are_in_the_log(db: Connection) -> None:
    sent(db)
    attest(db)

    assert kinds_in(db, 0) == ["switch", "epoch", "switch"]


def test_the_log_is_shown_to_continue_an_older_checkpoint(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    notes, id = [], sent(db)
    for _ in range(5):
        journey.proposed(db)
        attest(db)
        notes.append(proofs.checkpoint(look))

    for note in notes:
        bundle = exporting.of_intent(look, id, OURS, since=note)
        assert said(bundle, known=note).startswith("valid")
    assert "export with --since" in said(exporting.of_intent(look, id, OURS), known=notes[0])


def test_what_is_not_in_the_log_yet_is_counted_and_not_exported(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    first = sent(db)
    with pytest.raises(NotFound, match="nothing is in the receipts log"):
        exporting.of_intent(look, first, OURS)
    attest(db)
    second = journey.approved(db).id

    with pytest.raises(NotFound, match=f"no receipt of intent {second}"):
        exporting.of_intent(look, second, OURS)
    assert (proofs.unattested(look), proofs.unattested(look, intent=second)) == (4, 4)
    assert proofs.unattested(look, intent=first) == 0


def test_a_receipt_that_commits_late_is_not_skipped(dsn: str, db: Connection) -> None:
    with connect(dsn, application="tests") as slow, slow.transaction():
        journey.proposed(slow)
        later = journey.proposed(db).id
        attest(db)
    attest(db)

    rows = db.execute("SELECT chain FROM outbox.leaf WHERE chain > 0 ORDER BY index")
    assert [row[0] for row in rows] == [later, later - 1]


def test_an_attester_that_hangs_is_ended_by_the_server(db: Connection) -> None:
    within = b"SHOW idle_in_transaction_session_timeout"

    with ReceiptLog(db).held():
        held = db.execute(within).fetchone()

    assert (held, db.execute(within).fetchone()) == (("30s",), ("0",))


def test_what_rolls_back_leaves_no_gap(db: Connection, look: sqlalchemy.Connection) -> None:
    with db.transaction(force_rollback=True):
        journey.proposed(db)
    journey.proposed(db)
    attest(db)

    assert said(exporting.of_log(look)).startswith("valid")


def test_attesters_at_once_make_one_log(
    dsn: str, db: Connection, look: sqlalchemy.Connection
) -> None:
    for _ in range(40):
        journey.proposed(db)
    failures: list[Exception] = []

    def work() -> None:
        with connect(dsn, application="tests") as own:
            for _ in range(20):
                journey.proposed(own)
                try:
                    attester(own).look()
                except psycopg.Error as error:
                    failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    attest(db)

    assert failures == []
    assert said(exporting.of_log(look)).startswith("valid")
    assert len(exporting.of_log(look).receipts) == 120 + 2


def test_nobody_waits_for_an_attester_that_is_held_up(dsn: str, db: Connection) -> None:
    journey.proposed(db)
    with connect(dsn, application="tests") as slow, slow.transaction():
        slow.execute("SELECT FROM outbox.log FOR UPDATE")

        assert attester(db).look() == 0
    assert attester(db).look() == 3


@pytest.mark.fault("22 receipt edited")
def test_a_database_that_edits_its_log_is_found_out(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    id = sent(db)
    attest(db)
    with rewriting(db, "leaf"):
        db.execute(
            "UPDATE outbox.leaf SET statement = replace(encode(statement, 'escape'),"
            " 'worker-1', 'worker-2')::bytea WHERE number = 6"
        )

    assert said(exporting.of_intent(look, id, OURS)).startswith(
        "invalid: receipt 6 of 6: the signature of holdshort-"
    )


def test_another_key_goes_on_with_the_log_and_is_trusted_only_if_pinned(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    id = sent(db)
    attest(db)
    Desk(db, actor="ada").flip(journey.OFF)
    attester(db, signer=EVES).look()

    bundle = exporting.of_intent(look, id, EVES)
    both = b'{"keys":["%b","%b"]}' % (str(OURS.key).encode(), str(EVES.key).encode())

    assert said(bundle, trust=both).startswith("valid")
    assert said(bundle, trust=TRUST).startswith("invalid: checkpoint: it is signed by")
