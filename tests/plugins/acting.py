"""What a misbehaviour is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consumers.scorers import History
from outbox.intent import Artifact
from outbox.results import Score

Act = Callable[[Artifact, History], Any]


@dataclass(frozen=True)
class Behaviour:
    """What is done in the place of judging, and what becomes of it at least."""

    name: str
    act: Act


def gives(**said: Any) -> Score:
    """A score that would leave without a closer look, but for what is said here."""
    fine = {"confidence": 0.99, "reasons": ("fine",), "scorer": "hostile", "version": "7"}
    return Score(**{**fine, **said})


def doing(name: str, act: Callable[[], Any]) -> Behaviour:
    """One that does not look at what it was given."""
    return Behaviour(name, lambda _artifact, _history: act())
