"""A thousand ways in which a scorer may misbehave, each with its name."""

from __future__ import annotations

from itertools import chain

from tests.plugins import answering, dying, interfering, speaking
from tests.plugins.acting import Behaviour

BEHAVIOURS: tuple[Behaviour, ...] = tuple(
    chain(
        answering.unsound(),
        answering.not_scores(),
        answering.odd_words(),
        dying.raising(),
        dying.ending(),
        dying.hanging(),
        dying.eating(),
        interfering.with_what_it_was_given(),
        interfering.with_its_process(),
        speaking.out_of_turn(),
    )
)
