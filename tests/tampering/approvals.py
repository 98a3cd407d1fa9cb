"""What an attacker may make of an approval, and of whom it would reach."""

from __future__ import annotations

import json
from typing import LiteralString

import rfc8785

from outbox.manifest import sha256_of
from tests.tampering.values import flipped, other_value
from tests.tampering.world import World, bytes_of, renamed


def manifest_byte(world: World) -> None:
    _manifest(world, flipped(world.chance, _approved(world)))


def manifest_field(world: World) -> None:
    value = json.loads(_approved(world))
    other_value(world.chance, value)
    _manifest(world, rfc8785.dumps(value))


def manifest_of_another(world: World) -> None:
    _manifest(world, _approved(world, world.other))


def manifest_digest(world: World) -> None:
    named = "UPDATE outbox.approval SET manifest_digest = %s WHERE intent_id = %s"
    renamed(world, named)


def approval_digest(world: World) -> None:
    renamed(world, "UPDATE outbox.approval SET digest = %s WHERE intent_id = %s")


def approval_intent(world: World) -> None:
    moved = "UPDATE outbox.approval SET intent_id = %s WHERE intent_id = %s"
    world.tampered(moved, world.other, world.id)


def recipient_gone(world: World) -> None:
    some = "(SELECT min(address) FROM outbox.recipient WHERE intent_id = %s)"
    gone = "DELETE FROM outbox.recipient WHERE address = " + some + " AND intent_id = %s"
    world.tampered(gone, world.id, world.id)


def recipient_more(world: World) -> None:
    name = f"eve{world.chance.getrandbits(32):x}@example.org"
    more = "INSERT INTO outbox.recipient VALUES (%s, 1, %s, 'example.org')"
    world.tampered(more, world.id, name)


def recipient_other(world: World) -> None:
    which: LiteralString = world.chance.choice(("address", "domain"))
    other = "UPDATE outbox.recipient SET " + which + " = " + which + " || %s"
    world.tampered(other + " WHERE intent_id = %s", world.chance.choice("abcdef"), world.id)


def _approved(world: World, id: int = 0) -> bytes:
    found = "SELECT manifest FROM outbox.approval WHERE intent_id = %s"
    return bytes_of(world, found, id or world.id)


def _manifest(world: World, manifest: bytes) -> None:
    """Put it in place of what was approved; perhaps its digest follows."""
    put = "UPDATE outbox.approval SET manifest = %s WHERE intent_id = %s"
    world.tampered(put, manifest, world.id)
    if world.chance.random() < 0.3:
        return
    named = "UPDATE outbox.approval SET manifest_digest = %s WHERE intent_id = %s"
    world.tampered(named, sha256_of(manifest), world.id)
