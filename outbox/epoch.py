"""The armed epoch: a copy of the database must not send again.

Sending is armed by a named person for one place: this cluster on this timeline, this
database, this environment and a nonce that is kept outside the database.  A restored
dump, a cloned disk and a promoted standby stand elsewhere.  Nothing is claimed for
sending, and no permit is given, until a person has armed that place.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from outbox.errors import BadSettings, GateClosed
from outbox.settings import Settings
from outbox.store import Connection, sql

_REFUSALS = {
    "epoch_unarmed": "sending was never armed on this database",
    "epoch_differs": "sending was armed elsewhere: this is a copy of the database, a promoted "
    "standby, or another environment or nonce",
}


@dataclass(frozen=True, slots=True)
class Site:
    """What no copy of the database carries along; a sender brings it."""

    environment: str = ""
    nonce: str = ""
    """The SHA-256 of the nonce, in hex: the database never learns more.  Empty: none."""


def site_of(settings: Settings) -> Site:
    """Where this process stands.  Raises `BadSettings` if the nonce cannot be read."""
    file = settings.nonce_file
    if file is None:
        return Site(settings.environment)
    try:
        nonce = file.read_bytes().strip()
    except OSError as error:
        raise BadSettings(
            f"HOLDSHORT_NONCE_FILE: {file} cannot be read: {type(error).__name__}"
        ) from None
    if not nonce:
        raise BadSettings(f"HOLDSHORT_NONCE_FILE: {file} is empty")
    return Site(settings.environment, hashlib.sha256(nonce).hexdigest())


def refusal(connection: Connection, site: Site) -> GateClosed | None:
    """Why nothing may leave from this database for this site; None if it is armed."""
    [(reason,)] = connection.execute(sql("epoch_refusal"), asdict(site)).fetchall()
    return closed(reason) if reason else None


def closed(reason: str) -> GateClosed:
    """What a refused permit means, with the next command where it was the epoch."""
    if reason in _REFUSALS:
        return GateClosed(reason, _REFUSALS[reason], hint="holdshort arm --by NAME")
    return GateClosed(reason)
