"""The page has a picture for each channel, and the same as tables beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from consumers.console.pages.calibration import ALARM
from outbox.pools import pooled
from outbox.store import Connection
from tests.calibration.told import counted
from tests.parts.console import console
from tests.parts.logins import logins_of

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yml"


@pytest.fixture
def page(dsn: str) -> Iterator[httpx.Client]:
    """As whoever looks, with no more than a console may read."""
    login = logins_of(dsn)["console"]
    reads = pooled(login)
    with (
        console(login, reads=reads) as origin,
        httpx.Client(base_url=origin, timeout=30) as client,
    ):
        yield client
    reads.dispose()


def test_before_anybody_has_decided_it_says_so(page: httpx.Client) -> None:
    assert "No decision of a person is in the log" in page.get("/calibration").text


def test_each_channel_has_its_picture_its_thresholds_and_its_scorers(
    page: httpx.Client, db: Connection
) -> None:
    counted(db, 95, 396, 400)
    counted(db, 45, 30, 60)
    counted(db, 95, 45, 60, ago=1)
    counted(db, 95, 441, 460, scorer="rules")
    counted(db, 80, 9, 9, channel="webhook")

    told = page.get("/calibration").text

    assert re.findall(r"<h2 id=.of[^>]*>(\w+)</h2>", told) == ["email", "webhook"]
    mail, request = told.split("<h2", 2)[1:]
    assert mail.count('<circle class="share"') == 2
    assert '<th scope="row">rules</th><td>1</td>' in mail
    assert 'class="alarm">In the last 7 days people have approved fewer' in mail
    assert '<td class="number">95.9 %</td><td class="number">93.6 % to 97.5 %</td>' in mail
    assert "too few decisions: 9, and it takes 59" in request


def test_the_page_and_the_alert_agree_on_what_is_too_much() -> None:
    assert f"abs(holdshort_calibration_drift)) > {ALARM}\n" in RULES.read_text("utf-8")
