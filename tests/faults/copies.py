"""Copies of a database, as restores, clones and failovers make them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from deploy.local.databases import temporary_database
from deploy.local.postgres import UNPRIVILEGED, EmbeddedPostgres
from tests.parts.journey import HALF_A_MINUTE
from tests.parts.waiting import wait_until


@contextmanager
def copied(server: str, original: str) -> Iterator[str]:
    """CREATE DATABASE ... TEMPLATE; nobody may be connected to the original."""
    template = str(conninfo_to_dict(original)["dbname"])
    with temporary_database(server, template=template) as copy:
        yield copy


@contextmanager
def restored(server: str, original: str, room: Path) -> Iterator[str]:
    """pg_dump, and psql into another database."""
    programs, dump = EmbeddedPostgres(room / "programs").programs(), room / "dump.sql"
    with temporary_database(server) as copy:
        run(programs / "pg_dump", "--no-owner", "--file", dump, original)
        run(programs / "psql", "--quiet", "--no-psqlrc", "--file", dump, copy)
        yield copy


@contextmanager
def cloned(stopped: Path, clone: Path) -> Iterator[str]:
    """The data directory of a server that was stopped, started elsewhere."""
    clone.mkdir()
    shutil.copytree(stopped / "pgdata", clone / "pgdata")
    with served(clone) as dsn:
        yield dsn


@contextmanager
def promoted(primary: EmbeddedPostgres, standby: Path) -> Iterator[str]:
    """A streaming standby of a running server, promoted."""
    standby.mkdir()
    backup = primary.programs() / "pg_basebackup"
    run(backup, "--pgdata", standby / "pgdata", "--write-recovery-conf", "-d", primary.dsn)
    for left in (standby / "pgdata").glob(".s.PGSQL.*"):
        left.unlink()  # the primary's socket lies in its data directory
    promoting = threading.Thread(target=promote, args=(EmbeddedPostgres(standby).dsn,))
    promoting.start()
    with served(standby) as dsn:
        promoting.join()
        yield dsn


def promote(dsn: str) -> None:
    """As soon as it streams from its primary."""

    def streams() -> bool:
        try:
            with psycopg.connect(dsn, autocommit=True) as connection:
                asked = "SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming'"
                return bool(connection.execute(asked).fetchall())
        except psycopg.OperationalError:
            return False

    wait_until(streams, HALF_A_MINUTE, "the standby streams")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_promote()")


@contextmanager
def served(room: Path) -> Iterator[str]:
    """A server on a data directory that is already there."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam(UNPRIVILEGED)
        for part in (room / "pgdata", *(room / "pgdata").rglob("*")):
            os.chown(part, owner.pw_uid, owner.pw_gid)
    with EmbeddedPostgres(room) as dsn:
        yield dsn


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
