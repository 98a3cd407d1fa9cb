"""Real notifiers: wherever one stops, and however many run, everything is told."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outbox.failpoints import VARIABLE, Action, Point, Room
from outbox.store import Connection
from tests.failpoints.doomed import Forked, forked
from tests.notifying.telling import let_routes_go, rested, stranded, told
from tests.parts.catcher import OK, Catcher, catching, hang, status
from tests.parts.notifying import MUST, book, route, webhook
from tests.parts.waiting import stands_still, wait_until

POINTS = [point for point in Point if point.room is Room.NOTIFIER]
SOON = dt.timedelta(seconds=20)

Start = Callable[..., Forked]


@pytest.fixture
def start(login: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a notifier over the file in this room, which may stop at a point."""
    started: list[Forked] = []

    def starting(armed: str = "") -> Forked:
        settings = {
            "HOLDSHORT_DSN": login,
            "HOLDSHORT_LOOK_EVERY": "50ms",
            "HOLDSHORT_NOTIFY": str(tmp_path / "notify.json"),
            VARIABLE: armed,
        }
        log = tmp_path / f"notifier-{len(started)}.log"
        started.append(forked("notifier", {**os.environ, **settings}, log))
        return started[-1]

    yield starting
    for one in started:
        one.process.kill()
        one.process.join()


def strands_told(catcher: Catcher) -> Counter[int]:
    return Counter(id for one in told(catcher) for id in one["stranded"])


def ends(notifier: Forked) -> None:
    notifier.process.terminate()
    notifier.process.join(SOON.total_seconds())
    assert notifier.process.exitcode == 0, notifier.log.read_text()


@pytest.mark.parametrize("action", [Action.KILL, Action.RAISE, Action.STOP])
@pytest.mark.parametrize("point", POINTS)
def test_wherever_a_notifier_stops_it_is_told_and_twice_only_if_it_may_have_been(
    db: Connection, start: Start, tmp_path: Path, point: Point, action: Action
) -> None:
    answers = (status(500), OK) if point is Point.AFTER_POSTPONED else (OK,)
    with catching(tmp_path, *answers) as catcher:
        book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))
        id = stranded(db)
        doomed = start(f"{point}={action}")
        doomed.acts(point, action)
        if action is Action.STOP:
            wait_until(lambda: stands_still(doomed.pid), SOON, "it stands still")
        let_routes_go(db)
        rested(db)
        another = start()
        another.says("stage up")
        known = b"SELECT FROM outbox.notified"
        wait_until(lambda: len(db.execute(known).fetchall()) == 1, SOON, "it is written down")
        doomed.goes_on_and_ends()
        ends(another)

    assert 1 <= strands_told(catcher)[id] <= _at_most(point, action)
    assert len({came.headers["webhook-id"] for came in catcher.came}) == 1


def _at_most(point: Point, action: Action) -> int:
    """How often it may come: who wakes up with a route in hand tells what another has told."""
    woken = point is Point.NOTICES_CLAIMED and action is Action.STOP
    return 2 if woken or point in (Point.AFTER_TELLING, Point.AFTER_POSTPONED) else 1


def test_of_several_notifiers_one_tells_it(
    db: Connection, start: Start, catcher: Catcher, tmp_path: Path
) -> None:
    book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))
    notifiers = [start() for _ in range(3)]
    for notifier in notifiers:
        notifier.says("stage up")

    ids = [stranded(db) for _ in range(15)]

    wait_until(lambda: {*strands_told(catcher)} == {*ids}, SOON, "each is told")
    for notifier in notifiers:
        ends(notifier)
    assert strands_told(catcher) == Counter(ids)


def test_what_strands_is_told_while_another_way_hangs(
    db: Connection, start: Start, catcher: Catcher, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with catching(tmp_path / "other", hang) as hanging:
        book(
            tmp_path,
            hanging=route(webhook(tmp_path, hanging), *MUST),
            well=route(webhook(tmp_path, catcher), *MUST),
        )
        first = stranded(db)
        notifier = start()
        wait_until(lambda: len(hanging.came) == 1, SOON, "it hangs")
        second = stranded(db)

        wait_until(lambda: {*strands_told(catcher)} == {first, second}, SOON, "both are told")
        [(leased,)] = db.execute(
            "SELECT count(*) FROM outbox.route WHERE leased_by IS NOT NULL"
        )
        assert (leased, len(hanging.came)) == (1, 1)
    ends(notifier)


@pytest.mark.own_session("it ends sessions by the name of their client")
def test_a_lost_database_session_is_taken_up_again(
    db: Connection, start: Start, catcher: Catcher, tmp_path: Path
) -> None:
    book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))
    notifier = start()
    ended = (
        b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        b" WHERE datname = current_database() AND application_name = 'holdshort stage'"
        b" AND state = 'idle' AND query LIKE '%claim_to_notify%'"
    )
    wait_until(lambda: bool(db.execute(ended).fetchall()), SOON, "its session ends")
    notifier.says("database back")

    id = stranded(db)

    wait_until(lambda: strands_told(catcher)[id] == 1, SOON, "it is told")
    ends(notifier)
