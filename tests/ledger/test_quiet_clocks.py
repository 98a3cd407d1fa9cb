"""What the clock on a wall shows decides, also when it is put forward or back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from outbox.limits.setting import Limits
from outbox.store import Connection
from tests.ledger.quiet import DAILY, quiet, until
from tests.parts import journey

MONDAY, FRIDAY, SATURDAY = 1, 5, 6


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


@pytest.fixture
def intent(db: Connection) -> int:
    return journey.approved(db).id


@pytest.mark.parametrize(
    ("hours", "days", "instants"),
    [
        (
            "12:00-14:30",
            DAILY,
            {
                "2026-11-24 11:59:59.999999": "",
                "2026-11-24 12:00": "24 14:30",
                "2026-11-24 14:29:59.999999": "24 14:30",
                "2026-11-24 14:30": "",
            },
        ),
        (  # over midnight, and a day is that on which they begin: the 27th is a Friday
            "22:00-07:00",
            [FRIDAY],
            {
                "2026-11-27 06:59": "",
                "2026-11-27 21:59": "",
                "2026-11-27 22:00": "28 07:00",
                "2026-11-28 06:59": "28 07:00",
                "2026-11-28 07:00": "",
                "2026-11-28 22:00": "",
            },
        ),
        (  # a whole day
            "00:00-00:00",
            [SATURDAY],
            {
                "2026-11-27 23:59": "",
                "2026-11-28 00:00": "29 00:00",
                "2026-11-28 23:59": "29 00:00",
                "2026-11-29 00:00": "",
            },
        ),
        (  # Sunday's night reaches into Monday
            "23:00-05:00",
            [MONDAY, 7],
            {"2026-11-29 23:00": "30 05:00", "2026-11-30 04:59": "30 05:00"},
        ),
    ],
)
def test_quiet_hours_begin_on_their_days_and_may_reach_over_midnight(
    db: Connection,
    limits: Limits,
    intent: int,
    hours: str,
    days: Sequence[int],
    instants: dict[str, str],
) -> None:
    quiet(limits, hours, days=days)

    assert {instant: until(db, intent, instant) for instant in instants} == instants


@pytest.mark.parametrize(
    ("hours", "instants"),
    [
        (  # a night of nine hours is eight long in spring
            "22:00-07:00",
            {
                "2026-03-28 20:59": "",
                "2026-03-28 21:00": "29 05:00",
                "2026-03-29 04:59": "29 05:00",
                "2026-03-29 05:00": "",
            },
        ),
        (  # and ten in autumn
            "22:00-07:00",
            {
                "2026-10-24 19:59": "",
                "2026-10-24 20:00": "25 06:00",
                "2026-10-25 05:59": "25 06:00",
                "2026-10-25 06:00": "",
            },
        ),
        (  # 02:30 is skipped on 29 March: they begin when the clock jumps to 03:00
            "02:30-04:00",
            {"2026-03-29 00:59": "", "2026-03-29 01:00": "29 02:00", "2026-03-29 02:00": ""},
        ),
        (  # and end then; who rests does so a little longer
            "01:00-02:30",
            {"2026-03-29 00:00": "29 01:30", "2026-03-29 00:59": "29 01:30"}
            | {"2026-03-29 01:00": ""},
        ),
        (  # hours that are skipped as a whole do not come
            "02:10-02:50",
            {"2026-03-29 00:59": "", "2026-03-29 01:00": "", "2026-03-29 01:30": ""},
        ),
        (  # 02:30 comes twice on 25 October, and so do these
            "02:10-02:50",
            {
                "2026-10-25 00:09": "",
                "2026-10-25 00:10": "25 01:50",
                "2026-10-25 00:49": "25 01:50",
                "2026-10-25 00:50": "",
                "2026-10-25 01:09": "",
                "2026-10-25 01:10": "25 01:50",
                "2026-10-25 01:49": "25 01:50",
                "2026-10-25 01:50": "",
            },
        ),
        (  # they end when it is 03:00 for the only time
            "01:00-03:00",
            {"2026-10-24 23:00": "25 02:00", "2026-10-25 01:59": "25 02:00"}
            | {"2026-10-25 02:00": ""},
        ),
    ],
)
def test_when_clocks_are_put_forward_or_back_the_clock_on_the_wall_decides(
    db: Connection, limits: Limits, intent: int, hours: str, instants: dict[str, str]
) -> None:
    quiet(limits, hours, "Europe/Berlin")

    assert {instant: until(db, intent, instant) for instant in instants} == instants
