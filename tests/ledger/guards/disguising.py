"""Scenes of decoys that are planted: they look like what an agent has proposed."""

from __future__ import annotations

from functools import partial
from typing import LiteralString

from outbox.attention import decoys
from outbox.store import Connection
from tests.ledger.guards.answers import NOT_ALLOWED, answer, one
from tests.ledger.guards.playing import connected, forging
from tests.ledger.guards.tokens import holds, made
from tests.ledger.guards.tokens import seen as seen_by
from tests.parts import journey
from tests.parts.attention import planted, seeded

LIKE_THE_MODEL: LiteralString = (
    "SELECT bool_and((fake.login, fake.producer, fake.channel, fake.tenant, fake.state,"
    " fake.moved_by, fake.moves, fake.claims) = (model.login, model.producer, model.channel,"
    " model.tenant, model.state, model.moved_by, model.moves, model.claims)"
    " AND (fake.traceparent IS NULL) = (model.traceparent IS NULL)"
    " AND (fake.not_after - fake.created_at IS NOT DISTINCT FROM"
    " model.not_after - model.created_at))"
    " FROM outbox.intent AS fake, outbox.intent AS model"
    " WHERE outbox.is_decoy(fake.id) AND NOT outbox.is_decoy(model.id)"
)
RECEIPTED: LiteralString = (
    "SELECT string_agg(DISTINCT concat_ws(' ', kind, role, actor, receipt.login = intent.login,"
    " evidence), ', ') FROM outbox.receipt JOIN outbox.intent ON intent.id = intent_id"
)


SEEDED: LiteralString = (
    "SELECT string_agg(concat_ws(' ', role, actor, evidence ->> 'decoys',"
    " evidence ->> 'spread'), ', ' ORDER BY id) FROM outbox.receipt WHERE kind = 'seeded'"
)
KEYS: LiteralString = (
    "SELECT concat_ws(' ', bool_and(idempotency_key ~ '^invoice-3[0-9]{3}$'),"
    " count(DISTINCT idempotency_key)) FROM outbox.intent"
)
MODEL: LiteralString = (
    "SELECT outbox.submit('invoice-3199', 'billing', 'email', '{}', NULL,"
    " now() + '1 day', '00-' || repeat('ab', 16) || '-' || repeat('ab', 8) || '-01')"
)


def a_decoy_comes_in_the_name_of_an_agent_and_looks_like_its_own(db: Connection) -> None:
    with connected(db, "holdshort_agent"):
        db.execute(MODEL)
    seeded(db, journey.mail("One"), journey.mail("Two"), producer="nobody")
    assert seeded(db, journey.mail("One"), journey.mail("Two"), producer="billing") == 2
    assert seeded(db, journey.request()) == 1
    with connected(db, "holdshort_sweeper"):
        assert decoys.plant(db, worker="sweeper-1", batch=1) == 0  # nobody of that name
        assert decoys.plant(db, worker="sweeper-1") == 2
        assert decoys.plant(db, worker="sweeper-1") == 0
    assert one(db, LIKE_THE_MODEL) is True
    assert one(db, KEYS) == "t 3"
    assert one(db, RECEIPTED) == "persisted agent billing t {}"
    assert one(db, SEEDED) == ", ".join(f"human olga {many} 00:00:00" for many in (2, 2, 1))
    assert decoys.numbers(db) == decoys.Numbers(seeded=3, planted=2, met=0)


def only_a_sweeper_speaks_for_agents_and_only_in_decoys(db: Connection) -> None:
    planted(db)
    forging(db)
    born = (
        "INSERT INTO outbox.intent (tenant, idempotency_key, producer, channel, state,"
        " moved_by, digest)"
        " VALUES ('default', 'x', 'tests', 'email', 'submitted', 'agent', 'x')"
    )
    signed = (
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " SELECT id, 'persisted', 'agent', 'x', digest, '{}' FROM outbox.intent WHERE "
    )
    for group, allowed in (("holdshort_sweeper", "done"), ("holdshort_router", NOT_ALLOWED)):
        with connected(db, group):
            assert forged(db, born) == NOT_ALLOWED
            assert forged(db, f"{signed} NOT outbox.is_decoy(id)") == NOT_ALLOWED
            assert forged(db, f"{signed} outbox.is_decoy(id)") == allowed
            as_edited = signed.replace("persisted", "edited")
            assert forged(db, f"{as_edited} outbox.is_decoy(id)") == NOT_ALLOWED


def nobody_else_speaks_for_an_agent_in_a_decoy_that_is_coming(db: Connection) -> None:
    forging(db)
    db.execute(
        "INSERT INTO outbox.decoy (intent, flaw, seeded_by, seeded_at)"
        " VALUES (424242, 'x', 'olga', now())"
    )
    early = (
        "INSERT INTO outbox.intent (id, tenant, idempotency_key, producer, channel, state,"
        " moved_by, digest) OVERRIDING SYSTEM VALUE"
        " VALUES (424242, 'default', 'x', 'tests', 'email', 'submitted', 'agent', 'x')"
    )
    with connected(db, "holdshort_router"):
        assert forged(db, early) == NOT_ALLOWED


def forged(db: Connection, statement: str) -> str:
    said = f"SELECT outbox.forge($f$ {statement} $f$)"
    return answer(db, lambda: db.execute(said.encode()))


def an_agent_does_not_hear_of_decoys_in_its_name(db: Connection) -> None:
    with connected(db, "holdshort_agent"):
        mine = journey.proposed(db)
    seeded(db)
    decoys.plant(db, worker="sweeper-1")
    journey.score_and_route(db)
    id = int(str(one(db, "SELECT max(intent) FROM outbox.decoy")))
    token = made(db, "tests")
    with connected(db, "holdshort_agent"):
        assert seen_by(db, token) == [mine.id]
        assert (holds(db, token, mine.id), holds(db, token, id)) == (True, False)
        for function, seen in (("standing", 1), ("hold", 1)):
            asked = f"SELECT count(*) FROM outbox.{function}(%s)".encode()
            assert db.execute(asked, (mine.id,)).fetchall() == [(seen,)]
            assert db.execute(asked, (id,)).fetchall() == [(0,)]
        moved = (
            "SELECT outbox.decide(%s, digest, 'x', 'agent', 'withdrawn', 'withdrawn', '{}')"
            " FROM outbox.intent WHERE id = %s"
        )
        assert answer(db, partial(db.execute, moved, (id, id))) == NOT_ALLOWED
        assert answer(db, partial(db.execute, moved, (mine.id, mine.id))) == "done"


def what_is_not_due_or_is_for_another_tenant_waits(db: Connection) -> None:
    journey.proposed(db)
    seeded(db)
    for other in ("due_at = now() + interval '1 d'", "due_at = now(), for_tenant = 'others'"):
        db.execute(f"UPDATE outbox.seed SET {other}".encode())
        assert decoys.plant(db, worker="sweeper-1") == 0


SCENES = (
    what_is_not_due_or_is_for_another_tenant_waits,
    a_decoy_comes_in_the_name_of_an_agent_and_looks_like_its_own,
    only_a_sweeper_speaks_for_agents_and_only_in_decoys,
    nobody_else_speaks_for_an_agent_in_a_decoy_that_is_coming,
    an_agent_does_not_hear_of_decoys_in_its_name,
)
