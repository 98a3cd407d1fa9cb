"""What may be changed in the bytes of a mail between their making and their last dot."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from consumers.channels.smtp import channel, mime, phases
from consumers.channels.smtp.phases import Conversation
from tests.tampering.values import flipped
from tests.tampering.world import World

Sabotage = Callable[[World, pytest.MonkeyPatch], None]
_LINES = (
    b"Bcc: eve@example.org",
    b"X-Eve: 1",
    b"Subject: Pay eve",
    b"",
    b".",
    b"hidden",
    b"--",
)


def as_it_is_made(world: World, patch: pytest.MonkeyPatch) -> None:
    def compose(*given: object) -> bytes:
        return _other(world.chance, mime.compose(*given))  # type: ignore[arg-type]

    patch.setattr(channel, "compose", compose)


def after_it_was_checked(world: World, patch: pytest.MonkeyPatch) -> None:
    hand_over = Conversation.hand_over

    def other(talk: Conversation, final: bytes, checked: str) -> None:
        changed = final
        while mime.as_read(mime.stuffed(changed)) == final:  # only what a server would see
            changed = _other(world.chance, final)
        hand_over(talk, changed, checked)

    patch.setattr(Conversation, "hand_over", other)


def as_it_is_handed_over(world: World, patch: pytest.MonkeyPatch) -> None:
    def stuffed(final: bytes) -> bytes:
        other = right = mime.stuffed(final)
        while mime.as_read(other) == mime.as_read(right):
            other = _other(world.chance, right)
        return other

    patch.setattr(phases, "stuffed", stuffed)


SABOTAGE: tuple[Sabotage, ...] = (as_it_is_made, after_it_was_checked, as_it_is_handed_over)


def _other(chance: random.Random, content: bytes) -> bytes:
    """One byte other, or one line more, fewer or elsewhere."""
    lines = content.split(b"\r\n")
    place = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[place:place] = [chance.choice((*_LINES, chance.choice(lines)))]
        case 1:
            del lines[place]
        case 2:
            lines.insert(chance.randrange(len(lines)), lines.pop(place))
        case _:
            return flipped(chance, content)
    other = b"\r\n".join(lines)
    return other if other != content else flipped(chance, content)
