"""The list of faults, the tests and the page say the same."""

from __future__ import annotations

from deploy.readme import block
from tests.faults.catalogue import FAULTS, PARTS
from tests.faults.proofs import HOUSE, MARK, proofs, table
from tests.reliability import PAGE


def test_every_part_of_every_fault_is_proved_by_a_test() -> None:
    proved = {proof.part for proof in proofs()}

    assert set(PARTS) - proved == set()


def test_every_mark_names_a_known_part() -> None:
    assert {proof for proof in proofs() if proof.part not in PARTS} == set()


def test_no_mark_is_where_nobody_looks() -> None:
    files = (HOUSE / "tests").rglob("test_*.py")

    written = sum(file.read_text("utf-8").count(MARK) for file in files)

    assert written == len(list(proofs())) > 0


def test_the_rows_are_numbered_from_1_to_22() -> None:
    assert [fault.row for fault in FAULTS] == list(range(1, 23))


def test_the_page_of_faults_is_current() -> None:
    assert block(PAGE.read_text("utf-8"), "faults") == table()
