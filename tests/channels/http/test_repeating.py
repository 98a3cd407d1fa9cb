"""The same bytes leave again only where the destination takes them for the same request."""

from __future__ import annotations

from typing import Any

import pytest

from consumers.channels import Deferred, Delivered, Outcome, Refused, Uncertain
from consumers.channels.http.repeating import MOST, PATIENCE
from tests.channels.http.behaviours import NOTHING, OK
from tests.channels.http.conftest import Serve, reset_before_tls
from tests.channels.http.server import Greeting, Script

WINDOW: Any = {"header": "idempotency-key", "window": "24h"}
YES = Script(says=OK + NOTHING)
SILENT = Script(says=b"")
GONE = Script(greeting=Greeting.RESET)


def status(code: int, *headers: str) -> Script:
    said = "".join(f"{header}\r\n" for header in headers)
    return Script(says=f"HTTP/1.1 {code} Word\r\n{said}".encode() + NOTHING)


@pytest.mark.parametrize("first", [SILENT, status(503), status(429), status(408), status(409)])
def test_without_a_window_nothing_is_said_twice(serve: Serve, first: Script) -> None:
    with serve(first, YES) as rig:
        outcome = rig.send()
    assert isinstance(outcome, Uncertain | Refused)
    assert (rig.permits.asked, rig.server.connections, rig.clock.waits) == (1, 1, [])


@pytest.mark.parametrize(
    ("scripts", "outcome", "waits"),
    [
        ([SILENT, YES], Delivered, [1]),
        ([SILENT, SILENT, YES], Delivered, [1, 2]),
        ([SILENT, GONE, YES], Delivered, [1, 2]),
        ([status(503, "retry-after: 7"), YES], Delivered, [7]),
        ([status(429, "retry-after: 7"), YES], Delivered, [7]),
        ([status(429), status(429), status(429), status(429)], Refused, [1, 2, 4]),
        ([status(429, "retry-after: 3600"), YES], Refused, []),
        ([status(400, "retry-after: 1"), YES], Refused, []),
        ([status(302), YES], Refused, []),
        ([status(429), status(400)], Refused, [1]),
        ([status(429), GONE], Refused, [1, 2, 4]),
        ([SILENT], Uncertain, [1, 2, 4]),
        ([SILENT, status(400)], Uncertain, [1]),
        ([SILENT, status(429), status(400)], Uncertain, [1, 2]),
        ([SILENT, status(409)], Uncertain, [1, 2, 4]),
        ([SILENT, GONE], Uncertain, [1, 2, 4]),
        ([GONE, YES], Deferred, []),
    ],
)
@reset_before_tls
def test_inside_the_window_the_same_is_said_again_and_a_doubt_is_ended_by_a_yes_alone(
    serve: Serve, scripts: list[Script], outcome: type[Outcome], waits: list[int]
) -> None:
    with serve(*scripts, idempotency=WINDOW) as rig:
        found = rig.send()
    assert type(found) is outcome, found
    assert rig.clock.waits == waits
    assert rig.permits.asked == (outcome is not Deferred)
    assert rig.server.connections <= MOST
    assert len(set(rig.server.requests)) <= 1, "other bytes were said"
    assert all(b"\r\nidempotency-key: 7.2." in one for one in rig.server.requests)


def test_after_the_window_nothing_is_said_again(serve: Serve) -> None:
    short = {**WINDOW, "window": "2s"}
    with serve(SILENT, idempotency=short) as rig:
        assert isinstance(rig.send(), Uncertain)
    assert rig.clock.waits == [1]
    assert sum(rig.clock.waits) < 2 < PATIENCE.total_seconds()


def test_once_the_lease_is_lost_nothing_is_said_again(serve: Serve) -> None:
    with serve(SILENT, YES, idempotency=WINDOW) as rig:
        rig.held = False
        assert isinstance(rig.send(), Uncertain)
    assert rig.server.connections == 1


def test_a_machine_that_slept_through_the_window_says_nothing_again(serve: Serve) -> None:
    with serve(SILENT, YES, idempotency=WINDOW) as rig:

        def sleeps(_: float) -> None:
            rig.clock.at += 25 * 3600

        rig.clock.wait = sleeps  # type: ignore[method-assign,assignment]
        assert isinstance(rig.send(), Uncertain)
    assert rig.server.connections == 1
