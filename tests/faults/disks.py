"""A database server on a disk of its own that is small enough to be filled."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from deploy.local.postgres import EmbeddedPostgres
from outbox.store import Connection
from schemas.migrate import upgrade
from tests.faults.copies import served

_SIZE = "96m"
_RECEIPT = (
    "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'ballast', 'sender', 'tests', digest, '{}' FROM outbox.intent LIMIT 1"
)


class SmallDisk:
    """Holds the whole data directory of a migrated server, WAL included."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._ballast = room / "pgdata" / "ballast"
        self._running = ExitStack()
        self.dsn = EmbeddedPostgres(room).dsn

    def start(self) -> None:
        self._running.enter_context(served(self._room))

    def stop(self) -> None:
        self._running.close()

    def fill(self) -> None:
        """Leave no byte."""
        with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
            while file.write(bytes(1 << 16)):
                pass

    def fill_receipts(self, db: Connection) -> None:
        """Fill the disk, and the room that is left in pages of receipts."""
        self.fill()
        with suppress(psycopg.errors.DiskFull):
            while True:
                db.execute(_RECEIPT)

    def fill_wal(self, db: Connection) -> None:
        """Fill the disk; the next record of the WAL needs a new file."""
        self.fill()
        db.execute("SELECT pg_switch_wal()")

    def free(self) -> None:
        """There is room again, and the server runs, whether or not it had ended."""
        self._ballast.unlink()
        self.stop()
        self.start()


@contextmanager
def small_disk(room: Path) -> Iterator[SmallDisk]:
    """In `room`, which others may enter.  Skips where nothing may be mounted."""
    with EmbeddedPostgres(room) as dsn:
        upgrade(dsn)
    with _mounted(room / "pgdata"):
        disk = SmallDisk(room)
        disk.start()
        try:
            yield disk
        finally:
            disk.stop()


@contextmanager
def _mounted(directory: Path) -> Iterator[None]:
    """A small file system in place of `directory`, with all that was in it."""
    original = directory.with_name("original")
    directory.rename(original)
    directory.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=0700", "tmpfs", directory)
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0 or os.geteuid() != 0:
        pytest.skip(f"no tmpfs may be mounted here: {done.stderr.strip()}")
    try:
        shutil.copytree(original, directory, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(("umount", "--lazy", directory), check=True)
