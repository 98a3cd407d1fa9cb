"""What docs/SCORING.md shows is so."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from consumers import routing, scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.ledger import Ledger
from outbox.policy.document import parse
from outbox.policy.scoring import Combine
from outbox.store import Connection
from tests.parts import journey

PAGE = (Path(__file__).parents[2] / "docs" / "SCORING.md").read_text("utf-8")


def block(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_policy_of_the_page_is_one_and_the_page_knows_every_way_to_combine() -> None:
    scoring = parse(block("json")).scoring

    assert scoring is not None
    assert scoring.channels["webhook"].review_below == 0.9
    assert [f"`{one}`" in PAGE for one in Combine] == [True, True, True]


def test_the_scorer_of_the_page_is_installed_found_and_heard(
    db: Connection, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(group, entries)] = tomllib.loads(block("toml"))["project"]["entry-points"].items()
    info = tmp_path / "acme-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
    named = "".join(f"{name} = {value}\n" for name, value in entries.items())
    (info / "entry_points.txt").write_text(f"[{group}]\n{named}")
    (tmp_path / "acme_scorers.py").write_text(block("python"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    promising = journey.mail().model_copy(update={"text": "You get a refund."})
    ids = [journey.proposed(db, one).id for one in (promising, journey.mail())]

    with Rooms(("acme",), dt.timedelta(seconds=20)) as rooms:
        assert scoring.look(ledger, rooms, Past(db)) == 2
    routing.look(ledger, review_below=0.1)

    assert db.execute(
        "SELECT confidence, holds, kinds FROM outbox.score ORDER BY intent_id"
    ).fetchall() == [(0.3, True, ["refund"]), (0.95, False, [])]
    assert [journey.state_of(db, id) for id in ids] == ["in_review", "awaiting_approval"]
