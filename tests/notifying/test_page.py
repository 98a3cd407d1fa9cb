"""The example of the page is a file that a notifier reads."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from consumers.notifying import telling, web
from consumers.notifying.message import LISTED
from consumers.notifying.outcome import WITHIN
from consumers.notifying.routes import MOST
from consumers.notifying.ways import legs_of
from deploy.readme import block
from outbox.notices import Kind
from tests.parts.notifying import secret_file

PAGE = (Path(__file__).parents[2] / "docs" / "NOTIFICATIONS.md").read_text("utf-8")


def test_the_example_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notify.json"
    file.write_text(block(PAGE, "example").removeprefix("```json\n").removesuffix("```\n"))
    secret_file(tmp_path / "smtp-password", "correct horse")
    secret_file(tmp_path / "webhook-secret", f"whsec_{base64.b64encode(bytes(32)).decode()}")
    secret_file(tmp_path / "slack-url", "https://hooks.slack.example/services/x")

    legs = legs_of(file)

    assert [leg.label for leg in legs] == [
        "on-call",
        "reviewers",
        "finance",
        "finance",
        "people",
    ]


def test_the_page_explains_every_kind_and_says_the_numbers() -> None:
    explained = re.findall(r"^\| (`.*?`) \|", PAGE, re.MULTILINE)

    assert {kind for row in explained for kind in re.findall(r"`(\w+)`", row)} == {*Kind}
    assert f"{LISTED} are named" in PAGE
    assert f"may be {MOST}" in PAGE
    assert f"takes {WITHIN.total_seconds():.0f} seconds at most" in PAGE
    assert (telling.SOONEST.total_seconds(), telling.LATEST.total_seconds()) == (5, 300)
    assert telling.LEASE.total_seconds() == 60
    assert web.LONGEST_WISH.total_seconds() == 3600
