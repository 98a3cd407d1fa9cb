"""Whether a person has seen what they decide on: all of it, as it stands at this moment."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from psycopg.rows import class_row

from outbox.errors import BadArtifact, Conflict, NotFound
from outbox.manifest import Manifest, Rows, differences, manifest_of, read, required
from outbox.store import Connection, sql

if TYPE_CHECKING:
    import sqlalchemy


def current(connection: Connection, id: int, version: int | None = None) -> Manifest:
    """The manifest of intent `id`, of the latest version or of another.

    Raises `NotFound`, and `BadArtifact` if it could never be sent.
    """
    with connection.cursor(row_factory=class_row(Rows)) as cursor:
        rows = cursor.execute(sql("rows"), {"id": id, "version": version}).fetchone()
    if rows is None:
        raise NotFound(f"there is no intent {id}")
    return _made_of(rows)


def shown(connection: sqlalchemy.Connection, id: int) -> Manifest:
    """The same as `current` for a connection of `outbox.queries.reader`."""
    found = connection.exec_driver_sql(sql("rows").decode(), {"id": id, "version": None})
    if (row := found.mappings().first()) is None:
        raise NotFound(f"there is no intent {id}")
    return _made_of(Rows(**row))


def _made_of(rows: Rows) -> Manifest:
    """The manifest that a person is shown.  Raises `BadArtifact`."""
    try:
        return manifest_of(rows, required(rows.channel))
    except BadArtifact as refusal:
        raise BadArtifact(
            f"intent {rows.id} could never be sent: {refusal}",
            hint=f"reject it, and submit it as it must be: holdshort reject {rows.id}",
        ) from refusal


class Moved(Conflict):
    """It is not what was read any more; `seen` is what was, None if that is nothing of it."""

    def __init__(self, seen: Manifest | None, now: Manifest, message: str) -> None:
        super().__init__(message, hint=f"read what it says now: holdshort show {now.intent}")
        self.seen, self.now = seen, now


def check_seen(connection: Connection, id: int, digest: str) -> Manifest:
    """The manifest of intent `id`, if it is the one with this digest.

    It is made here of the very bytes, whatever the database says of them.  Raises `Moved`,
    and says what has changed since.
    """
    now = current(connection, id)
    if now.digest == digest:
        return now
    seen = _seen(connection, digest, now)
    said = f"intent {id} is now version {now.version} with digest {now.digest}: "
    raise Moved(seen, now, said + _changed(digest, seen, now))


def _changed(digest: str, seen: Manifest | None, now: Manifest) -> str:
    """What became other than in the manifest that the digest names."""
    if digest == now.artifact:
        return "the one given names its artifact alone"
    if seen is None:
        return "the one given names nothing of it"
    return f"changed since the one given: {', '.join(differences(seen, now))}"


def _seen(connection: Connection, digest: str, now: Manifest) -> Manifest | None:
    for version in range(1, now.version):
        with suppress(BadArtifact):
            earlier = current(connection, now.intent, version)
            if earlier.digest == digest:
                return earlier
    rows = connection.execute(
        sql("approved_as"), {"id": now.intent, "digest": digest}
    ).fetchall()
    return read(rows[0][0]) if rows else None
