"""Our own contestants, for a moment: what they count is what the books say."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.bench import submitting
from deploy.bench.frame import Broken, Place
from deploy.bench.installation import installed
from deploy.bench.pipeline.contestant import kept, pipeline
from outbox.store import connect


@pytest.fixture
def place(server_dsn: str, own_room: Path) -> Place:
    return Place(server=server_dsn, room=own_room, short=True)


def test_the_pipeline_sends_what_it_counts(place: Place) -> None:
    with pipeline(2).opened(place) as play:
        figures = play()

    assert figures["rate"] > 0
    assert figures["stages"] == 5 * figures["rate"]
    assert figures["moves"] == 8 * figures["rate"]


def test_a_figure_is_worth_nothing_if_the_books_say_otherwise(place: Place) -> None:
    with installed(place) as ours, connect(ours.dsn, application="tests") as owner:
        kept(owner, 0)
        with pytest.raises(Broken, match="1 have left the building"):
            kept(owner, 1)


def test_proposing_is_measured_beside_the_bare_insert(place: Place) -> None:
    with submitting.SUBMITTING.opened(place) as play:
        figures = play()

    assert figures["added"] == figures["proposing"] - figures["bare"]
    assert figures["bare"] > 0
