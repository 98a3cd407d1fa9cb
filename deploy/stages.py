"""What each process of the pipeline is made of.

relay     publishes recorded moves to Kafka
scorer    submitted -> scored
router    scored -> in_review | awaiting_approval
granter   awaiting_approval -> approved, where a standing grant covers it
sender    approved -> sent | stranded | in_review
sweeper   takes expired leases away; exports the gauges of state
attester  puts receipts into one log and signs it
intake    answers agents: they propose over HTTP
console   answers people: pages on which they look, decide and resolve
notifier  tells people what waits for them
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from consumers import routing, scoring, sweeping
from deploy.outages import through_outages
from deploy.process import Process
from deploy.sender import sender
from deploy.staging import run_stage, worker
from outbox.cluster import Cluster
from outbox.errors import BadSettings
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.receiptlog import ReceiptLog
from outbox.settings import Settings
from outbox.store import Connection
from relay import Outlet, relay

LANES = 4
"""While some wait for Kafka, others read: each is a relay, with a quarter of the shards."""


def relaying(settings: Settings, process: Process) -> None:
    """Publish until stopped."""
    cluster = settings.cluster()
    if not cluster:
        raise BadSettings("HOLDSHORT_KAFKA is not set: a relay needs a broker")
    lane = partial(publishing, settings.dsn, cluster)
    process.run([lane] * LANES)


def publishing(dsn: str, cluster: Cluster, stop: threading.Event) -> None:
    """Publish until `stop` is set, through every outage of the database and of Kafka.

    Raises `DependencyDown` if one of them is not there at the start.
    """
    with Outlet(cluster) as outlet:

        def publish(connection: Connection) -> None:
            relay(connection, outlet, stop)

        through_outages(dsn, "holdshort-relay", publish, stop)


def scorer(settings: Settings, process: Process) -> None:
    """Score what was submitted."""
    # Here, like the attester's: no other of these roles has rooms.
    from consumers.scorers.history import Past
    from consumers.scorers.rooms.panel import Rooms

    stage = scoring.patient(settings.scorer_patience)
    with Rooms(sorted(settings.scorers), settings.scorer_patience) as rooms:

        def looking(connection: Connection) -> Callable[[], int]:
            ledger = Ledger(connection, worker=worker("scorer"))
            past = Past(connection)
            return lambda: scoring.look(ledger, rooms, past, stage)

        run_stage(settings, process, "score", [State.SUBMITTED], [looking])


def router(settings: Settings, process: Process) -> None:
    """Route what was scored."""

    def looking(connection: Connection) -> Callable[[], int]:
        ledger = Ledger(connection, worker=worker("router"))
        return lambda: routing.look(ledger, review_below=settings.review_below)

    run_stage(settings, process, "route", [State.SCORED], [looking])


def granter(settings: Settings, process: Process) -> None:
    """Approve what standing grants cover."""
    # Here, like the attester's: no other of these roles reads what people sign.
    from consumers.granting import Granting
    from outbox.granting import Granter

    name = worker("granter")
    valid_for, hold = settings.approval_valid_for, settings.approval_hold

    def looking(connection: Connection) -> Callable[[], int]:
        hands = Granter(connection, worker=name, valid_for=valid_for, hold=hold)
        return Granting(hands).look

    run_stage(settings, process, "grant", [State.AWAITING_APPROVAL], [looking])


def sweeper(settings: Settings, process: Process) -> None:
    """Sweep and expire."""

    def looking(connection: Connection) -> Callable[[], int]:
        name = worker("sweeper")
        ledger = Ledger(connection, worker=name)

        def look() -> int:
            sweeping.look_ahead(connection)
            return sweeping.look(ledger) + sweeping.plant(connection, name)

        return look

    run_stage(settings, process, "sweep", [], [looking])


def attester(settings: Settings, process: Process) -> None:
    """Attest what was receipted, in full batches or every few seconds: each has its price."""
    # Here, since no other role signs, and every start pays for what it imports.
    from consumers import keyfile
    from consumers.attesting import BATCH, Attester, unless_contradicted
    from consumers.checkpoints import Checkpoints

    signer, outside = keyfile.load(settings.attest_key_file), Checkpoints(settings.checkpoints)

    def looking(connection: Connection) -> Callable[[], int]:
        look = Attester(ReceiptLog(connection), signer, outside).look
        return unless_contradicted(lambda: look() // BATCH)

    run_stage(settings, process, "attest", [], [looking])


def intake(settings: Settings, process: Process) -> None:
    """Answer agents."""
    from deploy.intake import intake as answering  # here, as in `console`

    answering(settings, process)


def console(settings: Settings, process: Process) -> None:
    """Answer people."""
    from deploy.console import console as answering  # here: no other role has pages

    answering(settings, process)


def notifier(settings: Settings, process: Process) -> None:
    """Tell people what waits for them."""
    from deploy.notifying import notifier as telling  # here: no other role knows whom

    telling(settings, process)


STAGES = {
    "relay": relaying,
    "scorer": scorer,
    "router": router,
    "granter": granter,
    "sender": sender,
    "sweeper": sweeper,
    "attester": attester,
    "intake": intake,
    "console": console,
    "notifier": notifier,
}
