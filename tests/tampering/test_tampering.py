"""Of what was approved and then changed in one place, nothing leaves."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tampering.campaign import places, tampered, world_of
from tests.tampering.world import World

COUNT = int(os.environ.get("HOLDSHORT_TEST_WORLDS", "224"))
SEED = random.randrange(10**6)


@pytest.fixture
def world(server_dsn: str, tmp_path: Path) -> Iterator[World]:
    with world_of(server_dsn, tmp_path / "mail", SEED) as world:
        yield world


def test_nothing_leaves_that_was_changed_in_any_place(world: World) -> None:
    figures = tampered(world, COUNT)

    assert figures.left == [], f"seed {SEED}"
    assert figures.controls > 0
    assert set(figures.worlds) == {place for place, _ in places()}
    assert all(figures.claimed[place] for place in figures.worlds), figures.claimed
    late = [place for place in figures.worlds if place.startswith("before the permit")]
    assert all(figures.asked[place] for place in late), figures.asked
