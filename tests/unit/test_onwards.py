"""Nothing is gone through again and again, and nothing is passed over for good."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from outbox import onwards
from outbox.onwards import QUICK, Onwards

PART = 20


@pytest.fixture(autouse=True)
def a_small_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onwards, "PART", PART)


@dataclass
class Queue:
    """What waits, in a world whose time passes only while somebody looks."""

    waiting: list[int]
    takes: float
    now: float = 0.0
    begun_at: list[int | None] = field(default_factory=list)

    def ask(self, since: int | None) -> list[int]:
        self.begun_at.append(since)
        if since is None:
            self.now += self.takes
        found = sorted(one for one in self.waiting if since is None or one >= since)[:2]
        self.waiting = [one for one in self.waiting if one not in found]
        return found


def looks(queue: Queue, times: int) -> list[list[int]]:
    ours = Onwards[int](lambda: queue.now)
    return [ours.look(queue.ask, lambda one: one) for _ in range(times)]


def test_as_long_as_it_is_quick_every_look_begins_at_the_beginning() -> None:
    queue = Queue([1, 2, 3, 4, 5], takes=QUICK)

    assert looks(queue, 4) == [[1, 2], [3, 4], [5], []]
    assert queue.begun_at == [None] * 4


def test_once_it_takes_long_a_look_goes_on_where_the_last_one_ended() -> None:
    queue = Queue([1, 2, 3, 4, 5], takes=1.0)

    assert looks(queue, 3) == [[1, 2], [3, 4], [5]]
    assert queue.begun_at == [None, 2, 4]


def test_what_comes_before_the_place_is_found_when_it_is_time_to_begin_anew() -> None:
    queue = Queue([5, 6, 7], takes=1.0)
    ours = Onwards[int](lambda: queue.now)
    ours.look(queue.ask, lambda one: one)
    queue.waiting.append(1)

    assert ours.look(queue.ask, lambda one: one) == [7]
    assert ours.look(queue.ask, lambda one: one) == []
    queue.now += PART * 1.0
    assert ours.look(queue.ask, lambda one: one) == [1]


def test_looks_from_the_beginning_take_a_small_part_of_the_time() -> None:
    queue = Queue([], takes=1.0)
    ours = Onwards[int](lambda: queue.now)
    queue.waiting = [*range(1000)]

    for _ in range(400):
        ours.look(queue.ask, lambda one: one)
        queue.now += 0.5

    spent = queue.begun_at.count(None) * queue.takes
    assert 0 < spent <= queue.now / PART + queue.takes


def test_a_long_look_that_found_nothing_is_not_gone_through_again() -> None:
    queue = Queue([], takes=1.0)
    ours = Onwards[int](lambda: queue.now)
    ago: list[float] = []

    def reached(took: float) -> int:
        ago.append(took)
        return 7

    ours.look(queue.ask, lambda one: one, reached)
    ours.look(queue.ask, lambda one: one, reached)

    assert queue.begun_at == [None, 7]
    assert ago == [1.0]


def test_a_look_goes_on_from_the_last_that_was_found_in_whatever_order() -> None:
    queue = Queue([1, 2, 3], takes=1.0)
    ours = Onwards[int](lambda: queue.now)

    ours.look(lambda since: [*reversed(queue.ask(since))], lambda one: one)
    ours.look(queue.ask, lambda one: one)

    assert queue.begun_at == [None, 2]
