"""What the threads of one process ask for at the same time is asked in one statement.

Nobody waits for company.  Who finds nobody asking asks at once; whoever comes meanwhile goes
together in the next statement, over the connection of the one who came first.  So alone
nobody is slower, and of many one commit is enough.  Each gets an answer of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import psycopg

from outbox.errors import HoldshortError

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class _Asker(Generic[Question, Answer]):
    """Who waits for an answer, or for its turn to ask for all."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.answer: list[Answer] = []
        self._called = threading.Lock()
        self._called.acquire()

    def wait(self) -> None:
        self._called.acquire()

    def call(self) -> None:
        self._called.release()


class Together(Generic[Question, Answer]):
    """Shared by the threads of one process; one of them asks at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Asker[Question, Answer]] = []
        self._somebody_asks = False

    @property
    def waiting(self) -> int:
        """How many will go together in the next statement."""
        return len(self._waiting)

    def ask(
        self, question: Question, asking: Callable[[Sequence[Question]], Sequence[Answer]]
    ) -> Answer:
        """The answer to this question.  `asking` answers several, in their order.

        It must write nothing where it raises: each of several asks by itself then, so that
        nobody suffers for another's question.
        """
        mine = _Asker[Question, Answer](question)
        with self._lock:
            self._waiting.append(mine)
            waits, self._somebody_asks = self._somebody_asks, True
        if waits:
            mine.wait()
        if not mine.answer and self._has_the_turn(mine):
            self._ask_for_all(asking)
        if not mine.answer:
            [answer] = asking([question])
            return answer
        return mine.answer[0]

    def _has_the_turn(self, asker: _Asker[Question, Answer]) -> bool:
        with self._lock:
            return asker in self._waiting

    def _ask_for_all(self, asking: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        with self._lock:
            group, self._waiting = self._waiting, []
        try:
            answers = asking([one.question for one in group])
            for one, answer in zip(group, answers, strict=True):
                one.answer.append(answer)
        except (psycopg.Error, HoldshortError):
            if len(group) == 1:
                raise
        finally:
            self._pass_the_turn_on()
            for one in group:
                one.call()

    def _pass_the_turn_on(self) -> None:
        with self._lock:
            self._somebody_asks = bool(self._waiting)
            if self._waiting:
                self._waiting[0].call()
