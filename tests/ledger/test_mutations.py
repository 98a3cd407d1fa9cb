"""Every guard of the SQL is needed: without it, a scene of `guards` goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from outbox.store import Connection, connect
from schemas.migrations.law import statements
from tests.ledger.guards import (
    asking,
    attending,
    bounds,
    calibrating,
    celled,
    contexts,
    decisions,
    decoying,
    deferring,
    delegating,
    disguising,
    epochs,
    erasing,
    giving,
    granting,
    heard,
    knocking,
    limits,
    manifests,
    mutations,
    naming,
    notifying,
    parting,
    people,
    permits,
    policies,
    quiet,
    receipts,
    reminders,
    requests,
    roles,
    rows,
    ruling,
    seconding,
    signing,
    suppressions,
    tables,
    tenants,
    tightening,
    tokens,
    turns,
    unattended,
    uncalibrated,
    unerased,
    ungranted,
    unnotified,
    unpeopled,
    unreceipted,
    unruled,
    unsealed,
    unsigned,
    untokened,
    values,
    verdicts,
    weighing,
)
from tests.ledger.guards.doors import DOORS, Door, Lock
from tests.ledger.guards.elsewhere import ELSEWHERE
from tests.ledger.guards.harm import ARMED, Scene, gone_wrong, reads, without

GROUPS = (
    (permits.SCENES, mutations.PERMITS),
    (verdicts.SCENES, mutations.VERDICTS),
    ((*decisions.SCENES, *contexts.SCENES), mutations.DECISIONS),
    (rows.SCENES, tables.ROWS),
    (epochs.SCENES, epochs.EPOCHS),
    (receipts.SCENES, unreceipted.RECEIPTS),
    (manifests.SCENES, manifests.MANIFESTS),
    (signing.SCENES, unsigned.SIGNED),
    ((*granting.SCENES, *giving.SCENES, *delegating.SCENES, *ruling.SCENES), ungranted.GRANTED),
    (roles.SCENES, roles.AUTHORITY),
    (tenants.SCENES, tenants.TENANTS),
    (requests.SCENES, requests.REQUESTS),
    ((*limits.SCENES, *suppressions.SCENES, *turns.SCENES), bounds.LIMITS),
    ((*erasing.SCENES, *naming.SCENES), unerased.ERASURE),
    (values.SCENES, values.VALUES),
    (quiet.SCENES, quiet.QUIET),
    (turns.SCENES, turns.TURNS),
    ((*policies.SCENES, *reminders.SCENES), unruled.POLICIES),
    (deferring.SCENES, deferring.DEFERRED),
    (ruling.SCENES, unruled.RULED),
    ((*people.SCENES, *knocking.SCENES), unpeopled.PEOPLE),
    (asking.SCENES, asking.UNASKED),
    ((*notifying.SCENES, *heard.SCENES), unnotified.NOTIFIED),
    (tokens.SCENES, untokened.TOKENS),
    (parting.SCENES, parting.PARTED),
    (celled.SCENES, celled.CELLED),
    (calibrating.SCENES, uncalibrated.CALIBRATED),
    ((*weighing.SCENES, *decisions.SCENES), weighing.WEIGHED),
    ((*decoying.SCENES, *disguising.SCENES), unattended.DECOYS),
    (attending.SCENES, unattended.READING),
    ((*seconding.SCENES, *decoying.SCENES, *tightening.SCENES), unsealed.SEALED),
    (tightening.SCENES, unsealed.TIGHTENED),
)
SCENES: tuple[Scene, ...] = tuple(scene for scenes, _ in GROUPS for scene in scenes)
MUTATIONS: tuple[tuple[tuple[Scene, ...], Lock], ...] = tuple(
    ((*scenes, *SCENES), (file, change))
    for scenes, files in GROUPS
    for file, changes in files.items()
    for change in changes
)
"""Each with the scenes that most likely tell, first."""


@pytest.fixture(scope="module")
def armed(server_dsn: str, template: str) -> Iterator[str]:
    """One database for all: whatever is done to it is rolled back."""
    from deploy.local.databases import temporary_database

    with temporary_database(server_dsn, template=template) as dsn:
        with connect(dsn, application="tests") as connection:
            connection.execute(ARMED.encode())
        yield dsn


@pytest.fixture
def shared(armed: str) -> Iterator[Connection]:
    """A session for each: one that has seen a hundred schemas needs seconds for the next."""
    with connect(armed, application="tests") as connection:
        yield connection


def _named(lock: Lock) -> str:
    file, (text, instead) = lock
    return re.sub(r"\W+", "-", f"{file} {text} {instead}").strip("-")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_with_every_guard_in_place_every_scene_goes_well(
    shared: Connection, scene: Scene
) -> None:
    with shared.transaction(force_rollback=True):
        scene(shared)


def test_the_schema_that_mutations_start_from_is_the_migrated_one(shared: Connection) -> None:
    unharmed: Lock = ("law/move.sql", ("-- The law", "-- The same law"))

    for scenes, _ in GROUPS:  # each in a transaction of its own: a lease outlives its scenes
        with without(shared, unharmed):
            assert gone_wrong(shared, scenes) == ""


@pytest.mark.parametrize(
    ("scenes", "lock"), MUTATIONS, ids=[_named(lock) for _, lock in MUTATIONS]
)
def test_without_this_guard_a_scene_goes_wrong(
    shared: Connection, scenes: tuple[Scene, ...], lock: Lock
) -> None:
    with without(shared, lock):
        assert gone_wrong(shared, scenes)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.scene.__name__)
def test_several_locks_on_one_door_open_only_together(shared: Connection, door: Door) -> None:
    for lock in door.locks:
        with without(shared, lock):
            assert gone_wrong(shared, (door.scene,)) == ""
    with without(shared, *door.locks):
        assert gone_wrong(shared, (door.scene,)) == door.scene.__name__


def test_no_guard_of_the_sql_is_forgotten() -> None:
    harmed = {file for _, (file, _) in MUTATIONS}
    guards = {
        file
        for file, text in statements().items()
        if re.search(r"CONSTRAINT \w+|CREATE TRIGGER|CREATE SEQUENCE", text)
    }
    writes = {file for file, text in statements().items() if "SECURITY DEFINER" in text}
    shown = ("screen_", "search_", "gauge_")  # tests/console and test_gauges look at them
    screens = {file for file in reads() if file.startswith(shown)}

    assert guards - harmed == set()
    assert (set(reads()) | writes) - harmed - screens == ELSEWHERE
