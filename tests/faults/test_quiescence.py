"""A machine never sends again; a person not before it is quiet, or with a second one."""

from __future__ import annotations

import pytest

from outbox.desk import Desk
from outbox.errors import Conflict, GateClosed
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey

ABSENT = "not in their log"


@pytest.fixture
def stranded(db: Connection) -> int:
    return journey.stranded(db, Ledger(db, worker="worker-1")).id


def receipt_of_override(db: Connection, id: int) -> tuple[str, str, str]:
    row = db.execute(
        "SELECT actor, evidence->>'asked_by', evidence->>'reason' FROM outbox.receipt"
        " WHERE kind = 'overridden' AND intent_id = %s",
        (id,),
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


@pytest.mark.fault("15 resent by two people")
def test_a_second_person_may_override_the_wait_and_is_receipted(
    db: Connection, stranded: int
) -> None:
    Desk(db, actor="ada").resolve(stranded, State.IN_REVIEW, reason=ABSENT, second="bob")

    assert journey.state_of(db, stranded) == "in_review"
    assert journey.kinds_of(db, stranded)[-2:] == ["overridden", "resolved"]
    assert receipt_of_override(db, stranded) == ("bob", "ada", ABSENT)


@pytest.mark.parametrize("second", ["ada", " Ada "])
@pytest.mark.fault("15 resent by two people")
def test_nobody_overrides_alone(db: Connection, stranded: int, second: str) -> None:
    with pytest.raises(Conflict, match="takes a second person"):
        Desk(db, actor="ada").resolve(stranded, State.IN_REVIEW, reason=ABSENT, second=second)

    assert journey.state_of(db, stranded) == "stranded"


def test_a_nameless_second_person_is_none(db: Connection, stranded: int) -> None:
    with pytest.raises(GateClosed, match="may still arrive"):
        Desk(db, actor="ada").resolve(stranded, State.IN_REVIEW, reason=ABSENT, second=" ")

    assert "overridden" not in journey.kinds_of(db, stranded)


def test_an_override_that_was_not_needed_is_not_receipted(
    db: Connection, stranded: int
) -> None:
    db.execute("UPDATE outbox.intent SET moved_at = now() - interval '11 minutes'")

    Desk(db, actor="ada").resolve(stranded, State.IN_REVIEW, reason=ABSENT, second="bob")

    assert "overridden" not in journey.kinds_of(db, stranded)


@pytest.mark.fault("15 resent while old bytes may arrive")
def test_the_command_line_takes_two_names(dsn: str, db: Connection, stranded: int) -> None:
    said = ("resolve", str(stranded), "--as", "not-sent", "--reason", ABSENT, "--by", "ada")

    alone = holdshort(*said, dsn=dsn)
    same = holdshort(*said, "--override-by", "ada", dsn=dsn)
    both = holdshort(*said, "--override-by", "bob", dsn=dsn)

    assert (alone.code, same.code, both.code) == (3, 6, 0)
    assert "--override-by NAME" in alone.err.partition("next: ")[2]
    assert "takes a second person" in same.err
    assert journey.state_of(db, stranded) == "in_review"
