"""What an attacker may make of the columns of an intent, and of the name of the log."""

from __future__ import annotations

from tests.tampering.world import World, renamed

_TIMES = ("-1 us", "1 us", "1 s", "-1 day", "1 day", "100 years")


def key(world: World) -> None:
    renamed(world, "UPDATE outbox.intent SET idempotency_key = %s WHERE id = %s")


def producer(world: World) -> None:
    renamed(world, "UPDATE outbox.intent SET producer = %s WHERE id = %s")


def channel(world: World) -> None:
    renamed(world, "UPDATE outbox.intent SET channel = %s WHERE id = %s")


def intent_digest(world: World) -> None:
    renamed(world, "UPDATE outbox.intent SET digest = %s WHERE id = %s")


def version(world: World) -> None:
    other = world.chance.randrange(2, 10**6)
    world.tampered("UPDATE outbox.intent SET version = %s WHERE id = %s", other, world.id)
    copied = (
        "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)"
        " SELECT intent_id, %s, digest, secret, content, written_by"
        " FROM outbox.artifact WHERE intent_id = %s"
    )
    world.tampered(copied, other, world.id)


def not_before(world: World) -> None:
    by = world.chance.choice(_TIMES)
    moved = "UPDATE outbox.intent SET not_before = not_before + %s::interval WHERE id = %s"
    world.tampered(moved, by, world.id)


def not_after(world: World) -> None:
    by = world.chance.choice((*_TIMES, "infinity"))
    moved = (
        "UPDATE outbox.intent SET not_after = CASE WHEN %s = 'infinity' THEN 'infinity' ELSE"
        " coalesce(not_after, now()) + %s::interval END WHERE id = %s"
    )
    world.tampered(moved, by, by if by != "infinity" else "0 s", world.id)


def no_end(world: World) -> None:
    world.id = world.ids[-1]
    soon = "UPDATE outbox.intent SET due_at = CASE WHEN id = %s THEN now() ELSE 'infinity' END"
    world.db.execute(soon, (world.id,))
    world.tampered("UPDATE outbox.intent SET not_after = NULL WHERE id = %s", world.id)


def approval_of_another(world: World) -> None:
    named = "UPDATE outbox.intent SET approval_id = (SELECT id FROM outbox.approval WHERE"
    named += " intent_id = %s) WHERE id = %s"
    world.tampered(named, world.other, world.id)


def log(world: World) -> None:
    origin = f"holdshort/{world.chance.getrandbits(64):x}"
    world.tampered("UPDATE outbox.log SET origin = %s", origin)
