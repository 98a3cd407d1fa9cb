"""PgBouncer in transaction mode before a database: few sessions, shared by many clients."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.postgres import UNPRIVILEGED

SESSIONS = 3
"""How many sessions it opens on the server, for however many clients."""

_PATIENCE = timedelta(seconds=10)


class Pooler:
    """One pooler on one port for its whole life, however often it is killed and started.

    `directory` is one that others may enter.  Skips the test where there is no PgBouncer.
    """

    def __init__(self, directory: Path, dsn: str) -> None:
        found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if found is None:
            pytest.skip("there is no pgbouncer: apt-get install pgbouncer")
        self._program = found
        self._directory = directory
        self._port = free_port()
        self._running = ExitStack()
        with psycopg.connect(dsn) as asked:
            self._user = _user_for(asked.info.host)
            self._write(asked.info)
        self.dsn = self.way(dsn)

    def way(self, dsn: str) -> str:
        """The DSN of the same database, through it."""
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        return make_conninfo(dsn, host=LOOPBACK, port=self._port, **plain)

    def start(self) -> None:
        """Start it; returns once it listens."""
        with ExitStack() as starting:
            command = (self._program, self._settings)
            log = self._directory / "pgbouncer.log"
            child = starting.enter_context(Child(command, log=log, user=self._user))
            child.wait_until(self._listens, _PATIENCE)
            self._running = starting.pop_all()

    def kill(self) -> None:
        """End it, and every connection through it, as a crash would."""
        self._running.close()

    @property
    def _settings(self) -> Path:
        return self._directory / "pgbouncer.ini"

    def settings(self, server: psycopg.ConnectionInfo, port: int) -> str:
        """What it is told: everybody who comes is the one who made it."""
        where = {"host": server.host, "port": server.port}
        who = {"user": server.user, "password": server.password}
        return _SETTINGS.format(_words(where | who), port)

    def _write(self, server: psycopg.ConnectionInfo) -> None:
        self._settings.write_text(self.settings(server, self._port))
        self._settings.chmod(0o600)
        if self._user:
            os.chown(self._settings, pwd.getpwnam(self._user).pw_uid, -1)

    def _listens(self) -> bool:
        try:
            socket.create_connection((LOOPBACK, self._port), timeout=1).close()
        except OSError:
            return False
        return True

    def __enter__(self) -> Pooler:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


class PoolerOfLogins(Pooler):
    """Everybody who comes is who they say, as with a pooler of a product's own: it looks up
    who there is at the server, which must ask its clients for no password."""

    def settings(self, server: psycopg.ConnectionInfo, port: int) -> str:
        people = self._directory / "pgbouncer.users"
        people.write_text(f'"{server.user}" ""\n')
        people.chmod(0o644)
        where = {"host": server.host, "port": server.port, "auth_user": server.user}
        return _OF_LOGINS.format(_words(where), port, people)


def _words(values: Mapping[str, object]) -> str:
    return " ".join(f"{name}='{value}'" for name, value in values.items() if value)


def _user_for(host: str) -> str:
    """It refuses to run as root; whoever runs the server may enter the server's socket."""
    if os.geteuid() != 0:
        return ""
    if not host.startswith("/"):
        return UNPRIVILEGED
    owner = Path(host).owner()
    return UNPRIVILEGED if owner == "root" else owner


_COMMON = f"""\
[databases]
* = {{}}

[pgbouncer]
listen_addr = {LOOPBACK}
listen_port = {{}}
unix_socket_dir =
pool_mode = transaction
server_login_retry = 1
"""
_SETTINGS = f"""\
{_COMMON}
auth_type = any
default_pool_size = {SESSIONS}
max_client_conn = 200
"""
# In turn: that the next transaction gets the same session again would hide what it leaves.
_OF_LOGINS = f"""\
{_COMMON}
auth_type = trust
auth_file = {{}}
max_client_conn = 1000
server_round_robin = 1
server_idle_timeout = 10
autodb_idle_timeout = 10
"""
