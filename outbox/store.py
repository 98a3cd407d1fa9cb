"""How our code speaks to PostgreSQL: one statement per file, refusals by their names.

What writes is a function of the database; the files of `outbox/sql` only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from outbox.errors import (
    BadArtifact,
    BadSettings,
    CommitUnknown,
    Conflict,
    DependencyDown,
    HoldshortError,
    IllegalMove,
    NotAllowed,
    Unread,
)

Connection = psycopg.Connection[TupleRow]


REFUSALS: dict[str, type[HoldshortError]] = {
    "only_legal_moves": IllegalMove,
    "one_key_names_one_artifact": Conflict,
    "a_key_is_short_and_not_empty": BadArtifact,
    "it_may_leave_before_it_must_not": BadArtifact,
    "a_hold_ends_before_its_approval": BadSettings,
    "a_target_is_suppressed_once": Conflict,
    "a_suppression_says_why": BadSettings,
    "quiet_hours_are_set_once": Conflict,
    "quiet_hours_are_of_a_known_scope": BadSettings,
    "quiet_hours_are_of_everything_or_of_a_name": BadSettings,
    "quiet_hours_begin_on_some_day": BadSettings,
    "quiet_hours_are_in_a_known_time_zone": BadSettings,
    "an_artifact_is_at_most_20_megabytes": BadArtifact,
    "only_what_is_final_is_erased": Conflict,
    "what_still_counts_for_a_cap_is_not_erased": Conflict,
    "an_intent_is_erased_once": Conflict,
    "a_no_says_why": BadSettings,
    "a_person_defers_what_waits_for_one": IllegalMove,
    "it_is_deferred_for_31_days_at_most": BadSettings,
    "a_person_endorses_an_approval_once": Conflict,
    "nobody_is_heard_twice": Conflict,
    "a_signature_is_used_once_for_an_intent": Conflict,
    "nobody_approves_what_they_have_written": Conflict,
    "one_account_stands_for_one_name": Conflict,
    "an_account_is_of_a_name": BadSettings,
    "a_ticket_is_for_a_name": BadSettings,
    "a_ticket_is_good_for_an_hour_at_most": BadSettings,
    "a_session_is_of_a_name": NotAllowed,
    "a_policy_takes_the_place_of_the_last": Conflict,
    "a_grant_is_given_once": Conflict,
    "a_delegation_is_given_once": Conflict,
    "nobody_delegates_to_themselves": BadSettings,
    "a_delegation_holds_for_its_delegate_within_its_dates": Conflict,
    "neither_delegate_nor_delegator_has_proposed_it": Conflict,
    "a_passkey_is_made_once": Conflict,
    "a_yes_comes_after_reading": Unread,
    "who_is_tightened_gives_no_grant": Conflict,
    "a_seed_says_what_is_wrong_with_it": BadSettings,
    "a_seed_names_a_person": BadSettings,
    "a_seed_is_at_most_a_megabyte": BadArtifact,
    "a_token_says_whose_it_is": BadSettings,
    "an_agent_proposes_for_a_tenant": BadSettings,
    "a_token_names_who_made_it": BadSettings,
    "a_token_expires": BadSettings,
    "a_cell_has_a_name": BadSettings,
    "a_cell_names_who_declared_it": BadSettings,
    "a_cell_keeps_its_name": Conflict,
    "a_tenant_stays_in_its_cell": Conflict,
    "a_tenant_lives_in_one_cell": Conflict,
    "the_partition_in_use_stays": Conflict,
    "what_kafka_lacks_is_not_archived": Conflict,
    "only_what_is_over_is_archived": Conflict,
    "an_archive_has_every_event": Conflict,
}
"""The name of a constraint, and what its refusal is to a caller."""


@cache
def sql(name: str) -> bytes:
    """The statement in `outbox/sql/<name>.sql`."""
    return resources.files("outbox").joinpath("sql", f"{name}.sql").read_bytes()


@cache
def calling(
    function: str,
    *arguments: str,
    told: str = "*",
    binary: frozenset[str] = frozenset(),
) -> bytes:
    """The statement that calls `outbox.<function>` with arguments of these names."""
    named = ", ".join(
        f"{name} => %({name}){'b' if name in binary else 's'}" for name in arguments
    )
    return f"SELECT {told} FROM outbox.{function}({named})".encode()


def call(connection: Connection, function: str, **arguments: Any) -> psycopg.Cursor[TupleRow]:
    """Call `outbox.<function>`: the only way in which anything is written."""
    binary = frozenset(name for name, given in arguments.items() if _is_long_as_text(given))
    return connection.execute(calling(function, *arguments, binary=binary), arguments)


def _is_long_as_text(given: object) -> bool:
    """Whether a list takes long to write so: each number by itself, each quote escaped."""
    return isinstance(given, list) and bool(given) and isinstance(given[0], Jsonb | bytes | int)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what a constraint refused into the error that it stands for."""
    try:
        yield
    except psycopg.errors.IntegrityError as refusal:
        raise named_refusal(refusal) from refusal
    except psycopg.errors.InsufficientPrivilege as refusal:
        raise NotAllowed(f"the database refuses: {refusal.diag.message_primary}") from refusal


@contextmanager
def doubts(connection: Connection, *, hint: str) -> Iterator[None]:
    """Raise `CommitUnknown` if the connection breaks: the block may have committed."""
    try:
        yield
    except psycopg.OperationalError as error:
        if not connection.broken:
            raise
        raise CommitUnknown(f"no answer: {str(error).strip()}", hint=hint) from error


def named_refusal(refusal: psycopg.Error) -> HoldshortError:
    """The constraint's name is the sentence; a detail from the database follows it."""
    name = refusal.diag.constraint_name or ""
    detail = refusal.diag.message_primary or str(refusal)
    return REFUSALS.get(name, HoldshortError)(f"{name.replace('_', ' ')}: {detail}")


def connect(dsn: str, *, application: str) -> Connection:
    """An autocommit connection whose transactions are read committed.

    Behind a pooler that may give every transaction another session it leaves nothing in
    one: no statement is prepared there.  Raises `DependencyDown`, with the server's own
    words, if there is no database.
    """
    try:
        connection = psycopg.connect(
            dsn, autocommit=True, application_name=application, connect_timeout=5
        )
        [(backend,)] = connection.execute(sql("backend"), prepare=False).fetchall()
    except psycopg.Error as error:
        raise DependencyDown(
            f"no PostgreSQL at the given DSN: {str(error).strip()}",
            hint="set HOLDSHORT_DSN (or --dsn) to a running server, or: holdshort up",
        ) from error
    if backend != connection.info.backend_pid:
        connection.prepare_threshold = None
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    return connection
