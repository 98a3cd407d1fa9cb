"""The command line: decoys are seeded and counted, a person reads first, and is told."""

from __future__ import annotations

import json
from pathlib import Path

from outbox.attention import decoys
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.attention import DWELL, FLAW, ask, decoy, older
from tests.parts.journey import seen


def test_an_operator_seeds_decoys_and_counts_them(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    journey.proposed(db)
    file = tmp_path / "decoys.json"
    artifact = {"sender": "a@example.org", "to": ["b@example.org"], "subject": "x", "text": "x"}
    file.write_text(json.dumps([{"flaw": "it says nothing", "artifact": artifact}]))

    one = holdshort("decoy", "seed", str(file), "--spread", "0s", "--by", "olga", dsn=dsn)
    from_to = ("--sender", "a@example.org", "--to", "b@example.org", "--by", "olga")
    many = holdshort("decoy", "seed", "--examples", *from_to, "--json", dsn=dsn)
    decoys.plant(db, worker="sweeper-1")
    counted = holdshort("decoy", "count", "--json", dsn=dsn)

    assert one.code == 0, one
    assert many.json == {"seeded": 10}
    assert counted.json == {"seeded": 10, "planted": 1, "met": 0}
    for bad in (("--examples",), (), (str(file), "--examples")):
        assert holdshort("decoy", "seed", *bad, "--by", "olga", dsn=dsn).code == 2
    file.write_text('[{"flaw": "x"}]')
    bad_file = holdshort("decoy", "seed", str(file), "--by", "olga", dsn=dsn)
    assert (bad_file.code, "nothing is seeded" in bad_file.err) == (2, True)


def test_the_command_line_reads_first_and_is_told(dsn: str, db: Connection) -> None:
    ask(db, dwell=DWELL, tighten={})
    id, caught = decoy(db), decoy(db)
    how = ("--digest", seen(db, id), "--by", "ada")

    soon = holdshort("approve", str(id), *how, dsn=dsn)
    assert holdshort("show", str(id), "--by", "ada", dsn=dsn).code == 0
    older(db, 30)
    told = holdshort("approve", str(id), *how, dsn=dsn)
    why = ("--reason", "the sum", "--by", "ada", "--json")
    no = holdshort("reject", str(caught), *why, dsn=dsn)
    shown = holdshort("attention", dsn=dsn)

    assert (soon.code, "a yes comes after reading" in soon.err) == (6, True)
    assert "was a decoy, and never leaves" in told.out
    assert no.json == {"id": caught, "decoy": FLAW}
    assert "1 of 2 decoys caught; a yes needs one more until" in shown.out
