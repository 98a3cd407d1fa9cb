"""docs/SCORERS.md says what the code says, and what it shows works."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from consumers.scorers import History
from consumers.scorers.freshness import Freshness
from consumers.scorers.judge.account import account_in
from deploy.scorers import page
from deploy.site import HOUSE
from tests.parts.mails import ORDINARY, mail

PAGE = (HOUSE / "docs" / "SCORERS.md").read_text("utf-8")


def example(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_page_is_the_codes() -> None:
    assert page() == PAGE


def test_the_hooks_of_the_page_are_hooks() -> None:
    there: dict[str, Any] = {}
    exec(compile(example("python"), "SCORERS", "exec"), there)
    freshness = Freshness([there["Prices"]()], [there["Mailbox"]()])

    assert freshness.score(ORDINARY[0], History()).kinds == ()
    assert freshness.score(mail("Only 99 EUR", "Hi Ada"), History()).kinds == ("stale-fact",)


def test_the_file_of_the_page_is_one(tmp_path: Path) -> None:
    (tmp_path / "judge.json").write_text(example("json"))
    key = tmp_path / json.loads(example("json"))["key_file"]
    key.write_text("sk-1")
    key.chmod(0o600)

    account = account_in(tmp_path / "judge.json")

    assert account.url == "https://models.example.com/v1/chat/completions"
    assert account.cost(1_000_000, 1_000_000) == Decimal("0.75")
