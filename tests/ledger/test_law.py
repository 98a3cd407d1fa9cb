"""The database keeps the law, whoever asks."""

from __future__ import annotations

from itertools import product

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Literal

from outbox.ledger import Ledger
from outbox.lifecycle import LEASED, LEASES, MOVES, Move, Role, State
from outbox.store import Connection
from tests.parts import journey

STORED = [state for state in State if state is not State.UNBORN]
AUTHORISED = {
    State.APPROVED,
    State.SENDING,
    State.RELEASING,
    State.SENT,
    State.STRANDED,
}


def move(db: Connection, id: int, target: State, role: Role) -> None:
    """Change the state by hand, with every other column as the target wants it."""
    leased = "nextval('outbox.fence'), 'tests', now() + interval '1 hour'"
    approval = f"(SELECT max(id) FROM outbox.approval WHERE intent_id = {id})"
    attempt = f"(SELECT max(id) FROM outbox.attempt WHERE intent_id = {id})"
    receipt = f"(SELECT max(id) FROM outbox.receipt WHERE intent_id = {id})"
    statement = (
        f"UPDATE outbox.intent SET state = '{target}', moved_by = '{role}',"
        f" (fence, leased_by, lease_expires_at) = ROW("
        f"{leased if target in LEASED else 'NULL, NULL, NULL'}),"
        f" approval_id = {approval if target in AUTHORISED else 'NULL'},"
        f" attempt_id = {attempt if target in AUTHORISED else 'NULL'},"
        f" receipt_id = {receipt} WHERE id = {id}"
    )
    db.execute(statement.encode())


def somewhere(db: Connection, state: State) -> int:
    """An intent in this state, with an approval and an attempt that it could use."""
    intent = journey.proposed(db)
    db.execute(
        "WITH leave AS (INSERT INTO outbox.approval (intent_id, version, digest, manifest,"
        " manifest_digest, approver, policy, expires_at) VALUES (%s, 1, %s, 'x',"
        " encode(sha256('x'), 'hex'), 'ada', 1, now() + interval '1 hour') RETURNING id)"
        " INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
        " SELECT %s, id, nextval('outbox.fence'), 'tests' FROM leave",
        (intent.id, intent.digest, intent.id),
    )
    for step in path_to(state):
        move(db, intent.id, step.target, step.by)
    return intent.id


def path_to(state: State) -> list[Move]:
    """The shortest way from submitted, along the law."""
    paths: dict[State, list[Move]] = {State.SUBMITTED: []}
    while state not in paths:
        paths |= {
            step.target: [*paths[step.source], step]
            for step in sorted(MOVES)
            if step.source in paths and step.target not in paths
        }
    return paths[state]


def refused_by(db: Connection, act: Composed) -> str:
    with pytest.raises(psycopg.errors.IntegrityError) as refusal:
        db.execute(act)
    return refusal.value.diag.constraint_name or ""


@pytest.mark.parametrize("source", STORED)
def test_the_database_refuses_every_change_of_state_outside_the_law(
    db: Connection, source: State
) -> None:
    id = somewhere(db, source)
    allowed: set[Move] = set()
    refusals: set[str | None] = set()

    for target, role in product(STORED, Role):
        try:
            with db.transaction(force_rollback=True):
                move(db, id, target, role)
                allowed.add(Move(source, target, role))
        except psycopg.errors.ForeignKeyViolation as refusal:
            refusals.add(refusal.diag.constraint_name)

    assert refusals == {"only_legal_moves"}
    assert allowed == {legal for legal in MOVES if legal.source is source}


def test_an_intent_is_born_submitted_and_by_an_agent_only(db: Connection) -> None:
    born: set[tuple[State, Role]] = set()

    for target, role in product(STORED, Role):
        insert = SQL(
            "WITH a AS (INSERT INTO outbox.artifact"
            " (intent_id, version, digest, secret, content, written_by) VALUES"
            " (1000, 1, encode(outbox.hmac(sha256('x'), 'x'), 'hex'), sha256('x'), 'x', 't'))"
            " INSERT INTO outbox.intent (id, idempotency_key, producer, channel, state,"
            " moved_by, digest, fence, leased_by, lease_expires_at, approval_id, attempt_id,"
            " receipt_id) OVERRIDING SYSTEM VALUE VALUES (1000, 'k', 'p', 'email', {}, {},"
            " encode(outbox.hmac(sha256('x'), 'x'), 'hex'), {}, {}, {}, {}, {}, {})"
        )
        leased = target in LEASED
        reference = 1 if target in AUTHORISED else None
        values = [1, "w", "tomorrow"] if leased else [None, None, None]
        try:
            with db.transaction(force_rollback=True):
                literals = [target, role, *values, reference, reference, reference]
                db.execute(insert.format(*map(Literal, literals)))
                born.add((target, role))
        except psycopg.errors.ForeignKeyViolation:
            pass

    assert born == {(State.SUBMITTED, Role.AGENT)}


def test_the_log_takes_no_move_outside_the_law(db: Connection) -> None:
    intent = journey.proposed(db)

    for triple in product(State, State, Role):
        if Move(*triple) not in MOVES:
            event = SQL(
                "INSERT INTO outbox.event (intent_id, source, target, role, version, digest)"
                " VALUES ({}, {}, {}, {}, 1, {})"
            ).format(*map(Literal, (intent.id, *triple, intent.digest)))
            assert refused_by(db, event) == "only_legal_moves"


def test_the_law_in_the_database_is_the_law_in_the_code(db: Connection) -> None:
    moves = db.execute("SELECT source, target, role FROM outbox.move").fetchall()
    leases = db.execute("SELECT * FROM outbox.lease").fetchall()

    assert set(moves) == {tuple(move) for move in MOVES}
    assert set(leases) == {tuple(lease) for lease in LEASES}


@pytest.mark.parametrize("table", ["artifact", "receipt", "event", "attempt", "score"])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET intent_id = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_history_is_only_added_to(db: Connection, table: str, act: str) -> None:
    journey.permitted(db, Ledger(db, worker="worker-1"))
    statement = SQL(act).format(SQL(f"outbox.{table}"))

    assert refused_by(db, statement) == "history_is_only_added_to"


@pytest.mark.parametrize("table", ["intent", "approval"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_intents_and_approvals_stay(db: Connection, table: str, act: str) -> None:
    statement = SQL(act).format(SQL(f"outbox.{table}"))

    assert refused_by(db, statement) == "history_is_only_added_to"


def test_every_move_is_logged_and_queued_for_kafka_once(db: Connection) -> None:
    journey.approved(db)

    logged = db.execute("SELECT seq FROM outbox.event ORDER BY seq").fetchall()
    queued = db.execute("SELECT seq FROM outbox.unpublished ORDER BY seq").fetchall()

    assert len(logged) == 5
    assert queued == logged
