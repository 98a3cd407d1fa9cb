"""Who asks at the same time is answered together, and everybody by themselves."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from consumers.together import Together
from outbox.errors import Conflict

PATIENCE = 10


class Asked:
    """Answers with the square, once it is let; a negative number is a conflict."""

    def __init__(self) -> None:
        self.groups: list[tuple[int, ...]] = []
        self.first = threading.Event()
        self.let = threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.groups.append(tuple(numbers))
        self.first.set()
        assert self.let.wait(PATIENCE)
        if min(numbers) < 0:
            raise Conflict("negative")
        return [number * number for number in numbers]


def asked_at_once(numbers: Sequence[int]) -> tuple[Asked, list[Future[int]]]:
    """The first asks alone; the others come while it does, in their order."""
    together, asked = Together[int, int](), Asked()
    with ThreadPoolExecutor(len(numbers)) as pool:
        futures = [pool.submit(together.ask, numbers[0], asked)]
        assert asked.first.wait(PATIENCE)
        for place, number in enumerate(numbers[1:], 1):
            futures.append(pool.submit(together.ask, number, asked))
            while together.waiting < place:
                assert not asked.let.wait(0.001)
        asked.let.set()
    return asked, futures


def test_who_finds_nobody_asking_asks_at_once_and_alone() -> None:
    asked = Asked()
    asked.let.set()
    together = Together[int, int]()

    assert [together.ask(number, asked) for number in (2, 3)] == [4, 9]
    assert asked.groups == [(2,), (3,)]


def test_whoever_comes_meanwhile_goes_together_and_each_has_its_own_answer() -> None:
    asked, futures = asked_at_once([1, 2, 3, 4])

    assert [future.result() for future in futures] == [1, 4, 9, 16]
    assert asked.groups == [(1,), (2, 3, 4)]


def test_nobody_suffers_for_the_question_of_another() -> None:
    asked, futures = asked_at_once([1, 2, -3, 4])

    assert [futures[place].result() for place in (0, 1, 3)] == [1, 4, 16]
    with pytest.raises(Conflict):
        futures[2].result()
    assert asked.groups[:2] == [(1,), (2, -3, 4)]
    assert sorted(asked.groups[2:]) == [(-3,), (2,), (4,)]


def test_who_fails_alone_is_told_so_and_the_next_goes_on() -> None:
    asked, futures = asked_at_once([-1, 2])

    with pytest.raises(Conflict):
        futures[0].result()
    assert futures[1].result() == 4
    assert asked.groups == [(-1,), (2,)]
