"""docs/WEBHOOKS.md is true: its examples are read as they stand, its table is the code's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from consumers.channels.http.destinations import Destination
from consumers.channels.http.places import place_of, places_in
from consumers.channels.http.providers.account import provider_in
from consumers.channels.http.providers.adapter import Adapter
from consumers.channels.http.repeating import MOST, PATIENCE
from consumers.channels.http.verdict import NARROWABLE, event_of
from outbox.intent import Webhook, parse_artifact
from tests.channels.http.rig import WHSEC

PAGE = (Path(__file__).parents[3] / "docs" / "WEBHOOKS.md").read_text("utf-8")


def example(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```json\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def secret(file: Path, content: str) -> None:
    file.write_text(content)
    file.chmod(0o600)


def test_the_request_may_go_where_the_destinations_say(tmp_path: Path) -> None:
    file = tmp_path / "webhooks.json"
    file.write_text(example("destinations"))
    secret(tmp_path / "crm.whsec", WHSEC)
    secret(tmp_path / "pay.token", "Bearer sesame")
    request = parse_artifact(example("a request"))

    assert isinstance(request, Webhook)
    place = place_of(places_in(file), request.url)
    assert place is not None
    assert place.name == "crm"
    assert {one.name for one in request.headers} <= set(place.said.headers)


def test_every_word_of_a_destination_is_on_the_page() -> None:
    words = set(Destination.model_fields)
    assert {word for word in words if f'"{word}"' in PAGE or f"`{word}`" in PAGE} == words


@pytest.mark.parametrize("named", ["ses", "acme.json"])
def test_an_account_and_a_provider_of_the_operators_own_can_be_used(
    tmp_path: Path, named: str
) -> None:
    said: dict[str, Any] = json.loads(example("account")) | {"provider": named}
    (tmp_path / "mail.json").write_text(json.dumps(said))
    (tmp_path / "acme.json").write_text(example("provider"))
    secret(tmp_path / "ses.key", "KEY:SECRET")

    assert isinstance(provider_in(tmp_path / "mail.json").said, Adapter)


def test_the_statuses_are_those_of_the_code() -> None:
    for line in PAGE.splitlines():
        row = re.match(r"\| ((?:\d{3} ?)+)[,|]? ", line)
        if row and "refused" in line:
            events = {event_of(int(code), ()) for code in row[1].split()}
            assert len(events) == 1, line
    assert {409, 500, 599} <= NARROWABLE
    assert f"within {PATIENCE.seconds} seconds" in PAGE
    assert {4: "at most three times"}[MOST] in PAGE
