"""Change one thing in one world after the other, and count what leaves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from consumers.channels.smtp import Smtp
from deploy.local.databases import temporary_database
from deploy.local.sink import MailSink
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests.parts import journey
from tests.tampering import approvals, artifacts, intents
from tests.tampering.transport import SETTINGS, Setting
from tests.tampering.wire import SABOTAGE, Sabotage
from tests.tampering.world import A_DAY, Tried, World, born, next_to_leave, tried

EACH = 250
"""After so many worlds, one that nobody has changed must send."""
Change = Callable[[World], None]
BEFORE_THE_CLAIM: tuple[Change, ...] = (
    artifacts.content_byte,
    artifacts.content_field,
    artifacts.content_of_another,
    artifacts.next_version,
    intents.no_end,
)
AT_ANY_TIME: tuple[Change, ...] = (
    *(intents.key, intents.producer, intents.channel, intents.intent_digest),
    *(intents.version, intents.not_before, intents.not_after, intents.log),
    *(intents.approval_of_another, approvals.approval_digest, approvals.approval_intent),
    *(approvals.manifest_byte, approvals.manifest_field, approvals.manifest_of_another),
    *(approvals.manifest_digest, approvals.recipient_gone, approvals.recipient_more),
    approvals.recipient_other,
)
"""Before the claim, or between it and the permit."""
Trial = Callable[[World, Smtp], Tried]


@dataclass(slots=True)
class Figures:
    """What came of it; by place: worlds, and how far they came."""

    worlds: Counter[str] = field(default_factory=Counter)
    claimed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    controls: int = 0
    left: list[str] = field(default_factory=list)
    """The places of those that got a permit, or of which something arrived."""


def unchanged(world: World, usual: Smtp) -> Tried:
    return tried(world, usual)


def _before_the_claim(change: Change, world: World, usual: Smtp) -> Tried:
    change(world)
    return tried(world, usual)


def _before_the_permit(change: Change, world: World, usual: Smtp) -> Tried:
    return tried(world, usual, lambda: change(world))


def _set_otherwise(setting: Setting, world: World, _: Smtp) -> Tried:
    with closing(setting(world)) as other:
        return tried(world, other)


def _sabotaged(sabotage: Sabotage, world: World, usual: Smtp) -> Tried:
    with pytest.MonkeyPatch.context() as patch:
        sabotage(world, patch)
        return tried(world, usual)


def places() -> Iterator[tuple[str, Trial]]:
    """Everything that may be changed, and when; each as likely as the others."""
    for change in (*BEFORE_THE_CLAIM, *AT_ANY_TIME):
        yield f"before the claim: {_named(change)}", partial(_before_the_claim, change)
    for change in AT_ANY_TIME:
        yield f"before the permit: {_named(change)}", partial(_before_the_permit, change)
    for setting in SETTINGS:
        yield f"transport: {_named(setting)}", partial(_set_otherwise, setting)
    for sabotage in SABOTAGE:
        yield f"final bytes: {_named(sabotage)}", partial(_sabotaged, sabotage)


def tampered(world: World, count: int) -> Figures:
    """Try so many worlds, each changed in one place."""
    figures, trials = Figures(), list(places())
    with closing(Smtp(world.smarthost(), keep_for=A_DAY)) as usual:
        for number in range(count):
            if number % EACH == 0:
                _check_control(world, usual)
                figures.controls += 1
            place, trial = trials[number % len(trials)]
            with next_to_leave(world):
                told = trial(world, usual)
            figures.worlds[place] += 1
            figures.claimed[place] += told.claimed
            figures.asked[place] += told.asked
            if told.attempts or told.arrived:
                figures.left.append(f"{place}: {told}")
    return figures


@contextmanager
def world_of(server: str, room: Path, seed: int) -> Iterator[World]:
    """A database and a mail server of its own."""
    with (
        temporary_database(server) as dsn,
        MailSink(room) as sink,
        connect(dsn, application="tampering") as db,
    ):
        upgrade(dsn)
        journey.arm(dsn)
        yield _born(db, sink, seed)


def _born(db: Connection, sink: MailSink, seed: int) -> World:
    return born(db, sink, random.Random(seed))


def _check_control(world: World, usual: Smtp) -> None:
    with next_to_leave(world):
        told = unchanged(world, usual)
    assert told == Tried(1, 1, 1, 1), f"a world that nobody has changed does not send: {told}"


def _named(change: Callable[..., object]) -> str:
    return change.__name__.replace("_", " ")
