"""What is secret or somebody's own stays where it must be, whatever goes wrong.

Real processes send mails full of canaries to a server that repeats whom they are to, with
refusals, strands and a crash.  Then everything that they left anywhere is searched.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from outbox.store import Connection
from tests.erasure import places
from tests.erasure.running import Run, left_by, running
from tests.parts.brokers import OwnBroker

UNUSED = {"artifact.secret", "score.reasons", "suppression.target"}
"""Allowed, and this run has none there."""


@pytest.mark.kafka
def test_no_canary_leaves_the_places_where_it_must_be(
    tmp_path: Path, dsn: str, db: Connection, own_kafka: OwnBroker
) -> None:
    with running(tmp_path, dsn, db, own_kafka.bootstrap) as (run, first):
        run.begin()
        run.propose("crash")
        run.crash()
        run.propose("fine", "unknown", "spam", "lost", "busy")
        run.end()
        run.complain()
        run.attest()
        left = left_by(run, own_kafka.bootstrap, first)
        found = {place: set[str]() for place, _ in left}
        for place, content in left:
            found[place] |= run.canaries.found_in(content)

        assert {place: what for place, what in found.items() if what} == {
            place: found[place] for place in places.ALLOWED.keys() - UNUSED
        }
        assert run.spans
        assert len(left) > 100, "too little was searched to say anything"
        assert _answers(db) >= 5, "the server repeated too little to say anything"
        _erased(run, db)


def _answers(db: Connection) -> int:
    named = "SELECT count(*) FROM outbox.receipt WHERE evidence::text LIKE '%address:%'"
    [(count,)] = db.execute(named.encode()).fetchall()
    return int(count)


def _erased(run: Run, db: Connection) -> None:
    """Once erased, a canary is not even where it was allowed."""
    id = run.intents["fine"]
    theirs = {what for what in run.canaries.planted if what.endswith("of fine")}

    said = run.say("erase", str(id), "--reason", "a letter", "--by", "dora", "--json")

    assert (said.code, said.json) == (0, {"erased": [id], "left": []}), said
    in_database = set[str]()
    for _, content in places.of_the_database(db):
        in_database |= run.canaries.found_in(content)
    assert theirs & in_database == set()
    assert len(theirs) == 10
    assert in_database
