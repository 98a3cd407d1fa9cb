"""What an attacker may make of the bytes that were approved."""

from __future__ import annotations

import json
from typing import LiteralString

import rfc8785

from outbox.intent import digest_of
from tests.tampering.values import flipped, other_value
from tests.tampering.world import World, bytes_of


def content_byte(world: World) -> None:
    content = _artifact(world)
    _content(world, flipped(world.chance, content))


def content_field(world: World) -> None:
    value = json.loads(_artifact(world))
    other_value(world.chance, value)
    _content(world, rfc8785.dumps(value))


def content_of_another(world: World) -> None:
    _content(world, _artifact(world, world.other))


def next_version(world: World) -> None:
    """All rows agree on a new version, but for the manifest."""
    value = json.loads(_artifact(world))
    other_value(world.chance, value)
    content = rfc8785.dumps(value)
    world.tampered(
        "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)"
        " VALUES (%s, 2, %s, %s, %s, 'eve')",
        *(world.id, _named(world, content), _secret(world), content),
    )
    for statement in _VERSION_2:
        world.tampered(statement, _named(world, content), world.id)


_VERSION_2: tuple[LiteralString, ...] = (
    "UPDATE outbox.intent SET version = 2, digest = %s WHERE id = %s",
    "UPDATE outbox.approval SET version = 2, digest = %s WHERE intent_id = %s",
    "UPDATE outbox.recipient SET version = coalesce(2, length(%s)) WHERE intent_id = %s",
)


def _named(world: World, content: bytes) -> str:
    """Its digest: whoever has the database has the secret."""
    return digest_of(content, _secret(world))


def _secret(world: World) -> bytes:
    found = "SELECT secret FROM outbox.artifact WHERE intent_id = %s AND version = 1"
    return bytes_of(world, found, world.id)


def _artifact(world: World, id: int = 0) -> bytes:
    found = "SELECT content FROM outbox.artifact WHERE intent_id = %s"
    return bytes_of(world, found, id or world.id)


def _content(world: World, content: bytes) -> None:
    """Put it in place of the artifact; perhaps every digest of it follows."""
    world.tampered(
        "UPDATE outbox.artifact SET content = %s WHERE intent_id = %s", content, world.id
    )
    if world.chance.random() < 0.3:
        return
    for statement in _DIGESTS:
        world.tampered(statement, _named(world, content), world.id)


_DIGESTS: tuple[LiteralString, ...] = (
    "UPDATE outbox.artifact SET digest = %s WHERE intent_id = %s",
    "UPDATE outbox.intent SET digest = %s WHERE id = %s",
    "UPDATE outbox.approval SET digest = %s WHERE intent_id = %s",
)
