"""A model is trained from what people decided, and judged by what they decide later."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from consumers.scorers.learned.decisions import decisions
from outbox import Email
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.reasons import Because
from outbox.store import Connection, connect
from tests.calibration.taught import text
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.logins import logins_of


def mail(said: str) -> Email:
    return journey.mail().model_copy(update={"subject": "Hello", "text": said})


def decided(db: Connection, said: str, *, good: bool) -> int:
    """What a person decided on a mail that says this."""
    intent = journey.awaiting(db, mail(said))
    if good:
        journey.approve(db, intent.id)
    else:
        desk, digest = Desk(db, actor="ada"), journey.seen(db, intent.id)
        desk.reject(intent.id, digest=digest, because=Because.OTHER, reason="no")
    return intent.id


def test_a_model_learns_from_what_people_decided(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    random, file = Random(4), str(tmp_path / "model.json")
    for number in range(200):
        good = number % 3 > 0
        decided(db, text(random, good=good), good=good)
    login = logins_of(dsn)["reader"]

    trained: Any = holdshort("model", "train", "--out", file, "--json", dsn=login).json
    same = holdshort("model", "train", "--out", f"{file}2", dsn=login)
    again = holdshort("model", "train", "--out", file, dsn=login)
    held_back = holdshort("model", "evaluate", file, dsn=login)
    for number in range(20):
        decided(db, text(random, good=number % 2 > 0), good=number % 2 > 0)
    judged = holdshort("model", "evaluate", file, dsn=login)

    assert (trained["learnt"], trained["evaluation"]["decided"]) == (160, 40)
    assert trained["version"] in same.out
    assert again.code == 2
    assert f"{file} cannot be made: File exists" in again.err
    assert held_back.out.startswith("on 40 decisions that it has not learnt from")
    assert judged.out.startswith("on 60 decisions that it has not learnt from")


def test_where_nothing_can_be_learnt_no_file_is_left(dsn: str, tmp_path: Path) -> None:
    file, login = tmp_path / "model.json", logins_of(dsn)["reader"]

    found = holdshort("model", "train", "--out", str(file), dsn=login)

    assert "that is too few" in found.err
    assert not file.exists()


def test_it_reads_what_people_read_and_nothing_that_was_erased(
    dsn: str, db: Connection
) -> None:
    decided(db, "keep this", good=True)
    slip = decided(db, "a slip", good=True)
    gone = decided(db, "erase this", good=False)
    edited = journey.awaiting(db, mail("before"))
    desk = Desk(db, actor="bob")
    desk.edit(edited.id, mail("after"), digest=journey.seen(db, edited.id))
    desk.revoke(slip, reason="a slip")
    Eraser(db, actor="dora", reason="by letter").erase(gone)

    with connect(logins_of(dsn)["reader"], application="tests") as look:
        found = [(one.approved, one.text) for one in decisions(look, days=9)]

    assert found == [(True, "Hello\nkeep this\n"), (False, "Hello\nbefore\n")]
