"""Checks of the installation as it stands: the server, the switch, the disk, the log."""

from __future__ import annotations

import datetime as dt

import psycopg

from deploy.doctor.finding import Finding, fine, judged, rows
from outbox import durability
from outbox.epoch import Site, refusal
from outbox.errors import BadSettings
from outbox.store import Connection

LATEST = dt.timedelta(minutes=5)
"""How long anything may wait for a process."""


def durable(connection: Connection) -> Finding:
    try:
        durability.check_durable(connection)
    except BadSettings as unsafe:
        return Finding(check="durability", ok=False, said=str(unsafe), remedy=unsafe.hint)
    return fine("durability", "what commits survives a crash")


def epoch(connection: Connection, site: Site) -> Finding:
    """A person's machine need not be where sending was armed; a sender's must."""
    [(_, owns, sends)] = rows(connection, "own_login")
    closed = refusal(connection, site)
    if closed is None:
        return fine("epoch", "sending is armed for this place")
    elsewhere = closed.reason == "epoch_differs" and (owns or sends)
    return Finding(check="epoch", ok=not elsewhere, said=str(closed), remedy=closed.hint)


def switch(connection: Connection) -> Finding:
    [(on,)] = rows(connection, "switch")
    return fine("switch", "sending is on" if on else "sending is off")


def room(connection: Connection) -> Finding:
    try:
        durability.check_room(connection)
    except psycopg.errors.DiskFull as full:
        wrong = [" ".join(str(full).split())]
        return judged("room", "", wrong, "make room on the database's disk")
    return fine("room", "there is room for receipts")


def attester(connection: Connection) -> Finding:
    [(waiting, since)] = rows(connection, "lag")
    late = [f"{waiting} receipts wait, the first for {since}"] if since > LATEST else []
    rule = f"{waiting} receipts wait for the log, none for long"
    return judged("attester", rule, late, "holdshort run attester")


def stages(connection: Connection) -> Finding:
    """A process for each stage is at work; one that hangs is none."""
    late = {role: since for role, since in rows(connection, "due") if since > LATEST}
    wrong = [f"the oldest waits for a {role} for {since}" for role, since in late.items()]
    remedy = "; ".join(f"holdshort run {role}" for role in late)
    return judged("stages", "nothing is due for long", wrong, remedy)


def relay(connection: Connection) -> Finding:
    [(since,)] = rows(connection, "unpublished")
    late = [f"a recorded move waits for Kafka for {since}"] if since > LATEST else []
    return judged("relay", "no move waits long for Kafka", late, "holdshort run relay")


def routes(connection: Connection) -> Finding:
    found = rows(connection, "routes")
    if not any(told or failures for _, failures, told in found):
        return fine("routes", "no notifier has told anybody yet")
    wrong = [f"{name} has failed {times} times in a row" for name, times, _ in found if times]
    rule = f"over {len(found)} routes people can be told what waits"
    return judged("routes", rule, wrong, "holdshort notify test; the notifier's log says why")


def partitions(connection: Connection) -> Finding:
    [(strayed, missing)] = rows(connection, "partitions")
    wrong = [f"{name} is missing" for name in missing]
    wrong += ["events are in event_rest, where none is archived"] * strayed
    remedy = "holdshort run sweeper; or: holdshort partitions make"
    return judged("partitions", "the next events have a partition", wrong, remedy)
