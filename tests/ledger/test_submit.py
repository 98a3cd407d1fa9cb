"""Propose in the caller's transaction, once per key."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
import sqlalchemy
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from outbox import Attachment, Email, Intent, Proposal, submit, submit_async
from outbox.errors import BadArtifact, Conflict
from outbox.intent import LARGEST_ARTIFACT, canonical, digest_of, parse_artifact
from outbox.store import Connection
from tests.parts.journey import mail, state_of

PROPOSAL = Proposal(artifact=mail(), key="invoice-7", producer="billing")


def by_psycopg(dsn: str) -> Intent:
    with psycopg.connect(dsn) as connection:
        return submit(connection, PROPOSAL)


def by_sqlalchemy(dsn: str) -> Intent:
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(dsn)
    )
    with engine.begin() as connection:
        intent = submit(connection, PROPOSAL)
    engine.dispose()
    return intent


def by_sqlalchemy_session(dsn: str) -> Intent:
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(dsn)
    )
    with Session(engine) as session, session.begin():
        intent = submit(session, PROPOSAL)
    engine.dispose()
    return intent


def by_async_psycopg(dsn: str) -> Intent:
    async def propose() -> Intent:
        async with await psycopg.AsyncConnection.connect(dsn) as connection:
            return await submit_async(connection, PROPOSAL)

    return asyncio.run(propose())


def by_async_sqlalchemy(dsn: str) -> Intent:
    async def propose() -> Intent:
        engine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=lambda: psycopg.AsyncConnection.connect(dsn),
        )
        async with AsyncSession(engine) as session, session.begin():
            await submit_async(await session.connection(), PROPOSAL)
            intent = await submit_async(session, PROPOSAL)
        await engine.dispose()
        return intent

    return asyncio.run(propose())


@pytest.mark.parametrize(
    "propose",
    [by_psycopg, by_sqlalchemy, by_sqlalchemy_session, by_async_psycopg, by_async_sqlalchemy],
)
def test_every_kind_of_connection_proposes_the_same_intent(
    dsn: str, db: Connection, propose: object
) -> None:
    assert callable(propose)
    intent = propose(dsn)

    assert intent == submit(db, PROPOSAL)
    assert state_of(db, intent.id) == "submitted"


@pytest.mark.fault("1 business transaction rolled back")
def test_a_rolled_back_caller_leaves_no_intent_and_no_event(dsn: str, db: Connection) -> None:
    with psycopg.connect(dsn) as business:
        submit(business, PROPOSAL)
        business.rollback()

    for table in ("intent", "artifact", "event", "unpublished"):
        assert db.execute(f"SELECT FROM outbox.{table}".encode()).fetchall() == []
    assert db.execute("SELECT count(intent_id) FROM outbox.receipt").fetchone() == (0,)


def test_the_same_key_and_bytes_are_the_same_intent(db: Connection) -> None:
    assert submit(db, PROPOSAL) == submit(db, PROPOSAL)
    assert db.execute("SELECT count(*) FROM outbox.intent").fetchall() == [(1,)]


@pytest.mark.fault("2 same key, other bytes")
def test_the_same_key_with_other_bytes_is_a_loud_conflict(db: Connection) -> None:
    original = submit(db, PROPOSAL)
    other = Proposal(artifact=mail("Another subject"), key=PROPOSAL.key, producer="billing")

    with pytest.raises(Conflict, match=f"already names intent {original.id} with other bytes"):
        submit(db, other)

    assert submit(db, PROPOSAL) == original


@pytest.mark.fault("2 same key, other bytes")
def test_a_conflict_is_the_same_through_sqlalchemy(dsn: str, db: Connection) -> None:
    submit(db, PROPOSAL)
    other = Proposal(artifact=mail("Another subject"), key=PROPOSAL.key, producer="billing")
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(dsn)
    )

    with pytest.raises(Conflict), engine.begin() as connection:
        submit(connection, other)

    engine.dispose()


def test_the_digest_names_the_canonical_bytes(db: Connection) -> None:
    intent = submit(db, PROPOSAL)
    [(content, secret)] = db.execute("SELECT content, secret FROM outbox.artifact").fetchall()

    assert intent.digest == digest_of(content, secret)
    assert parse_artifact(content) == PROPOSAL.artifact


def test_any_language_can_propose_with_one_function(db: Connection) -> None:
    content = canonical(PROPOSAL.artifact)

    [(id, digest)] = db.execute(
        "SELECT id, digest FROM outbox.submit('invoice-7', 'billing', 'email', %s)", (content,)
    ).fetchall()

    assert submit(db, PROPOSAL) == Intent(id, 1, digest)


def test_an_artifact_above_the_size_cap_is_refused(db: Connection) -> None:
    big = Attachment.model_validate(
        {"filename": "a.bin", "media_type": "application/octet-stream", "content": b"QUJD"}
    ).model_copy(update={"content": b"x" * LARGEST_ARTIFACT})
    huge = Email.model_construct(**{**dict(mail()), "attachments": (big,)})

    with pytest.raises(BadArtifact, match="more than"):
        submit(db, Proposal(artifact=huge, key="huge", producer="billing"))


def test_the_database_has_the_same_size_cap(db: Connection) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        db.execute(
            "SELECT outbox.submit('k', 'p', 'email', %s)", (b"x" * (LARGEST_ARTIFACT + 1),)
        )

    assert refusal.value.diag.constraint_name == "an_artifact_is_at_most_20_megabytes"


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_is_short_and_not_empty(db: Connection, key: str) -> None:
    with pytest.raises(BadArtifact, match="key"):
        submit(db, Proposal(artifact=mail(), key=key, producer="billing"))


def test_two_callers_with_one_key_make_one_intent(dsn: str, db: Connection) -> None:
    with psycopg.connect(dsn) as first:
        submit(first, PROPOSAL)
        with psycopg.connect(dsn) as second:
            second.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                submit(second, PROPOSAL)  # waits for the first to commit

    assert db.execute("SELECT count(*) FROM outbox.intent").fetchall() == [(1,)]
