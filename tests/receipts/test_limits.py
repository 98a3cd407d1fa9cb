"""Who bounded what may leave, and who lifted it, is in the log like everything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import sqlalchemy

from deploy import exporting
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.ledger.quiet import quiet
from tests.parts.journey import HOUR
from tests.parts.receipts import TRUST, attest
from tests.receipts.judging import said
from tests.receipts.test_attesting import kinds_in
from tests.receipts.test_vectors import NODE, VERIFIER


@pytest.fixture
def bounded(db: Connection) -> None:
    """Each kind of limit is set, and lifted; all of it is in the log."""
    ada, bob = Limits(db, actor="ada"), Limits(db, actor="bob")
    bob.lift_cap(ada.set_cap(Scope.VALUE, "EUR", most=2**53 - 1, span=HOUR))
    bob.lift_suppression(ada.suppress("bücher.example", reason="asked us to stop"))
    bob.lift_quiet_hours(quiet(ada, "22:00-07:00", "Europe/Berlin"))
    attest(db)


@pytest.mark.usefixtures("bounded")
def test_who_set_and_who_lifted_a_limit_is_in_the_log_and_verifies(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    assert kinds_in(db, 0)[-6:] == ["limit_set", "limit_lifted"] * 3
    assert said(exporting.of_log(look)).startswith("valid: log holdshort/")


@pytest.mark.skipif(NODE is None, reason="the second verifier needs node")
@pytest.mark.usefixtures("bounded")
def test_a_second_verifier_in_another_language_reads_them_too(
    look: sqlalchemy.Connection, tmp_path: Path
) -> None:
    (tmp_path / "log.json").write_bytes(exporting.of_log(look).written())
    (tmp_path / "keys.json").write_bytes(TRUST)
    files = [str(tmp_path / name) for name in ("log.json", "keys.json")]

    done = subprocess.run(
        [str(NODE), str(VERIFIER), *files], capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("valid: log holdshort/"), done
