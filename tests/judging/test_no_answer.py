"""What is no whole answer is none, and a file that cannot be used is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consumers.scorers import History
from consumers.scorers.judge import Judge
from consumers.scorers.judge.account import account_in
from consumers.scorers.judge.asking import NoAnswer
from outbox.errors import BadSettings
from tests.judging.model import Answers, Model, completion
from tests.parts.mails import ORDINARY


def whole(word: str, **said: Any) -> tuple[int, bytes]:
    usual = {"word": word, "confidence": 1, "concerns": []}
    return 200, completion(json.dumps({**usual, **said}))


NONE: dict[str, Answers] = {
    "no JSON": lambda _: (200, b"fine"),
    "no JSON inside": lambda _: (200, completion("It is fine.")),
    "JSON in a fence": lambda word: (200, completion(f"```json\n{word}\n```")),
    "no choice": lambda _: (200, completion("", choices=[])),
    "no usage": lambda word: (200, completion(whole(word)[1].decode(), usage=None)),
    "another word": lambda _: whole("another"),
    "above one": lambda word: whole(word, confidence=1.01),
    "below nothing": lambda word: whole(word, confidence=-0.1),
    "no number": lambda word: whole(word, confidence=float("nan")),
    "infinite": lambda word: whole(word, confidence=float("inf")),
    "a word for a number": lambda word: whole(word, confidence="1"),
    "yes": lambda word: whole(word, confidence=True),
    "nothing": lambda word: whole(word, confidence=None),
    "more than was asked": lambda word: whole(word, approved=True),
    "a kind of its own": lambda word: whole(word, concerns=[{"kind": "fine", "reason": ""}]),
    "a kind of the rules": lambda word: whole(
        word, concerns=[{"kind": "secret", "reason": "x"}]
    ),
    "endless": lambda word: (200, b" " * 2**20 + whole(word)[1]),
    "an error": lambda word: (500, whole(word)[1]),
    "too many requests": lambda word: (429, whole(word)[1]),
}


@pytest.mark.parametrize("how", NONE)
def test_what_is_no_answer_is_none(model: Model, judge: Judge, how: str) -> None:
    model.answer = NONE[how]

    with pytest.raises(NoAnswer):
        judge.score(ORDINARY[1], History())


def test_what_leads_elsewhere_is_not_followed(model: Model, judge: Judge) -> None:
    model.answer = lambda word: (307 if len(model.asked) == 1 else 200, whole(word)[1])

    with pytest.raises(NoAnswer):
        judge.score(ORDINARY[1], History())

    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://localhost/v1"},
        {"url": "https://ada:pw@localhost/v1"},
        {"model": ""},
        {"key": "sk-in-the-file"},
        {"dollars": {"read": -1, "written": 0}},
        {"key_file": "none"},
        {"ca_file": "none.pem"},
    ],
    ids=str,
)
def test_a_file_that_cannot_be_used_is_refused_by_name(
    model: Model, wrong: dict[str, Any]
) -> None:
    with pytest.raises(BadSettings, match="HOLDSHORT_JUDGE"):
        account_in(model.file(**wrong))


def test_a_key_that_others_may_read_is_refused(model: Model, tmp_path: Path) -> None:
    (tmp_path / "key").chmod(0o644)

    with pytest.raises(BadSettings, match="others may read"):
        account_in(model.file())
