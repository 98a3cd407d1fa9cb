"""A database server that a test may end in any way; it comes back with what was committed."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from time import monotonic

from deploy.local.postgres import EmbeddedPostgres
from outbox.errors import DependencyDown

_PATIENCE = dt.timedelta(minutes=1)


class OwnDatabase:
    """Runs as long as the block lasts, but for what the block does to it."""

    def __init__(self, directory: Path) -> None:
        self._server = EmbeddedPostgres(directory)
        self._note = directory.resolve() / "pgdata" / "postmaster.pid"

    @property
    def dsn(self) -> str:
        return self._server.dsn

    def start(self) -> None:
        """Backends of a killed server may live on for a moment: nothing starts beside them."""
        deadline = monotonic() + _PATIENCE.total_seconds()
        while True:
            try:
                self._server.__enter__()
            except DependencyDown:
                if monotonic() > deadline:
                    raise
            else:
                return

    def restart(self, how: signal.Signals) -> None:
        """SIGINT is a fast shutdown, SIGQUIT an immediate one, SIGKILL none at all."""
        self.end(how)
        self.start()

    def end(self, how: signal.Signals) -> None:
        """It stays down until it is started."""
        os.kill(int(self._note.read_text().split("\n")[0]), how)
        self.stop()

    def stop(self) -> None:
        self._server.__exit__(None, None, None)

    def __enter__(self) -> OwnDatabase:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
