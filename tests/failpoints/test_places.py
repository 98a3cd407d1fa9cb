"""The list of points, the source and the page say the same."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from deploy import failpoints
from outbox.failpoints import Point, Room

HOUSE = Path(__file__).parents[2]


def test_every_point_is_reached_at_exactly_one_place_in_the_source() -> None:
    times = Counter(place.point for place in failpoints.places())

    assert times == dict.fromkeys(Point, 1)


def test_nothing_reaches_a_point_in_another_way() -> None:
    calls = sum(
        len(re.findall(r"\breach\(", file.read_text("utf-8")))
        for room in failpoints.ROOMS
        for file in (HOUSE / room).rglob("*.py")
        if file.parent.name != "failpoints" and file.name != "failpoints.py"
    )

    assert calls == len(Point)


def test_there_are_at_least_sixty_and_in_every_room_some() -> None:
    assert len(Point) >= 60
    assert {point.room for point in Point} == set(Room)
    assert [point for point in Point if not point.meaning or point.name.lower() != point] == []


def test_the_page_of_all_points_is_current() -> None:
    page = (HOUSE / "docs" / "FAILPOINTS.md").read_text("utf-8")

    assert page == failpoints.page() + "\n"
