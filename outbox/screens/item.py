"""Everything that the page of one intent shows, but its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from outbox import queries, views
from outbox.errors import NotFound
from outbox.screens.doubt import Doubt, doubt
from outbox.screens.likeness import Said, said
from outbox.screens.reading import rows
from outbox.screens.rows import rows_of
from outbox.screens.timeline import Step, timeline
from outbox.screens.views import Row

EARLIER, COMPARED = 10, 20
"""Mails to the same people that are shown, and that are compared with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One part of the policy under which it comes; the first of them holds for everything."""

    place: int
    """0: one yes of anybody; else the number of the tier in the policy, from 1 on."""
    when: dict[str, Any]
    approvals: int
    of: str | None
    """The group whose members it takes; None: anybody."""
    members: Sequence[str] | None
    within: dict[str, Any] | None
    """How long it may wait unheard."""
    given: int

    @property
    def missing(self) -> int:
        return max(self.approvals - self.given, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One yes to what waits for more."""

    approver: str
    delegator: str | None
    grant: int | None
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another mail to one of the same people, that says the same in part or in all."""

    row: Row
    subject: bool
    body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of an intent, and of what is like it."""

    row: Row
    dossier: views.Dossier
    timeline: tuple[Step, ...]
    rulings: tuple[Ruling, ...]
    voices: tuple[Voice, ...]
    earlier: tuple[Row, ...]
    """The last that were to one of the same people, the newest first."""
    alike: tuple[Alike, ...]
    """Of the newest others to one of the same people, before it or after it."""
    doubt: Doubt | None
    """None unless it is stranded."""


def item(connection: Connection, id: int) -> Item:
    """Raises `NotFound`."""
    dossier = queries.dossier(connection, id)
    earlier = _others(connection, id, most=EARLIER, later=False)
    alike = _alike(connection, id, _others(connection, id, most=COMPARED, later=True))
    shown = {row.id: row for row in rows_of(connection, [*{id, *earlier, *alike}])}
    if id not in shown:
        raise NotFound(f"there is no intent {id}")
    now = connection.scalar(select(func.clock_timestamp()))
    return Item(
        row=shown[id],
        dossier=dossier,
        timeline=timeline(dossier),
        rulings=tuple(Ruling(**one) for one in rows(connection, "screen_tiers", id=id)),
        voices=tuple(Voice(**one) for one in rows(connection, "screen_voices", id=id)),
        earlier=tuple(shown[other] for other in earlier if other in shown),
        alike=tuple(
            Alike(row=shown[other], subject=subject, body=body)
            for other, (subject, body) in alike.items()
            if other in shown
        ),
        doubt=doubt(dossier, now) if now else None,
    )


def _alike(
    connection: Connection, id: int, others: Sequence[int]
) -> dict[int, tuple[bool, bool]]:
    """Those of the others that say the same: of their subjects, and of their bodies."""
    bodies = rows(connection, "screen_bodies", ids=[id, *others]) if others else []
    read = {one["id"]: said(one["content"] or "") for one in bodies}
    if (ours := read.get(id)) is None:
        return {}
    like = {other: _same(ours, read.get(other)) for other in others}
    return {other: same for other, same in like.items() if any(same)}


def _same(ours: Said, theirs: Said | None) -> tuple[bool, bool]:
    if theirs is None:
        return False, False
    return ours.subject == theirs.subject, ours.body == theirs.body


def _others(connection: Connection, id: int, **how: object) -> list[int]:
    return [one["id"] for one in rows(connection, "screen_earlier", id=id, **how)]
