"""What must hold of an intent, and the indexes that name those of which a part of it does."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, literal_column, select

from outbox.lifecycle import State
from outbox.limits.tables import recipient
from outbox.search.asking import Asked, Bound
from outbox.tables import artifact, intent, score

Condition = ColumnElement[bool]

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_LEAST_CONFIDENCE = (
    select(func.min(score.c.confidence))
    .where(score.c.intent_id == intent.c.id, score.c.version == intent.c.version)
    .where(~score.c.shadow)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where ids are read off an index: of all for which one part of what is asked may hold."""

    id: ColumnElement[int]
    named: tuple[Condition, ...] = ()
    ordered: bool = True
    """Whether the index has them in the order of their ids."""
    most: int = 3_000
    """How many may be named for all to be looked at; fewer where counting takes the rows."""

    @property
    def ids(self) -> Select[int]:
        """Not limited, in no order; one may come twice."""
        return select(self.id.label("id")).where(*self.named)


EVERYTHING = Source(intent.c.id)


def conditions(asked: Asked) -> list[Condition]:
    """All that must hold of a row of `intent`."""
    found = [
        *(intent.c.state == literal_column(f"'{state}'") for state in asked.states),
        *(intent.c.producer == name for name in asked.agents),
        *(intent.c.idempotency_key == key for key in asked.keys),
        *(intent.c.id == id for id in asked.ids),
        *(intent.c.created_at >= moment for moment in asked.after),
        *(intent.c.created_at < moment for moment in asked.before),
        *(_is_to(recipient.c.address == address) for address in asked.to),
        *(_is_to(recipient.c.domain == domain) for domain in asked.domains),
        *(_compared(_LEAST_CONFIDENCE, bound) for bound in asked.scores),
    ]
    if asked.words:
        found.append(_says(asked.words))
    return found


def sources(asked: Asked) -> Iterator[Source]:
    """The indexes that may answer, what is named most exactly first."""
    for id in asked.ids:
        yield Source(intent.c.id, (intent.c.id == id,))
    for key in asked.keys:
        yield Source(intent.c.id, (intent.c.idempotency_key == key,), ordered=False)
    for address in asked.to:
        yield Source(recipient.c.intent_id, (recipient.c.address == address,))
    for domain in asked.domains:
        yield Source(recipient.c.intent_id, (recipient.c.domain == domain,))
    for name in asked.agents:
        first = (artifact.c.version == literal_column("1"), artifact.c.written_by == name)
        yield Source(artifact.c.intent_id, first)
    for bound in asked.scores:
        compared = (_compared(score.c.confidence, bound),)
        yield Source(score.c.intent_id, compared, ordered=False)
    for state in asked.states:
        if state is not State.SENT:
            here = (intent.c.state == literal_column(f"'{state}'"),)
            yield Source(intent.c.id, here, ordered=False, most=1_000)


def _is_to(named: Condition) -> Condition:
    return exists().where(
        recipient.c.intent_id == intent.c.id, recipient.c.version == intent.c.version, named
    )


def _compared(confidence: ColumnElement[float], bound: Bound) -> Condition:
    compared: Condition = SIGNS[bound.sign](confidence, literal(bound.value))
    return compared


def _says(words: list[str]) -> Condition:
    subject = func.lower(artifact.c.subject)
    return exists().where(
        artifact.c.intent_id == intent.c.id,
        artifact.c.version == intent.c.version,
        *(func.strpos(subject, word) > 0 for word in words),
    )
