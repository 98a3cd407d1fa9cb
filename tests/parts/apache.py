"""Apache Kafka itself: one node, KRaft, on the loopback, from its Maven artifacts.

What it stores survives a kill, unlike the embedded broker's.  Asked for and missing
Java or Maven is a failure, never a skip: a suite that silently ran on another broker
would prove nothing about this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Self

from deploy.local.broker import answers
from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from outbox.errors import DependencyDown
from tests.parts.maven import classpath, program

_POM = Path(__file__).with_name("apache-kafka") / "pom.xml"
_CLUSTER = "aG9sZHNob3J0LXRlc3RzIQ"
_PATIENCE = timedelta(minutes=1)
_JAVA = (
    *("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    *("-XX:-UsePerfData", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
)


class ApacheKafka:
    """One broker on one port for its whole life, however often it is killed and started."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running = ExitStack()
        self.bootstrap = f"{LOOPBACK}:{free_port()}"

    def start(self) -> None:
        """Start it; returns once it answers for its topics."""
        settings = self._directory / "server.properties"
        if not settings.exists():
            self._prepare(settings)
        log = self._directory / "kafka.log"
        with ExitStack() as starting:
            command = self._java("kafka.Kafka", str(settings))
            child = starting.enter_context(Child(command, log=log))
            child.wait_until(lambda: answers(self.bootstrap), _PATIENCE)
            self._running = starting.pop_all()

    def kill(self) -> None:
        """End it as a crash would; it comes back on the same port, with its topics."""
        self._running.close()

    def _prepare(self, settings: Path) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        told = _settings(self.bootstrap, f"{LOOPBACK}:{free_port()}", self._directory / "data")
        told |= self.more_settings(told)
        settings.write_text("".join(f"{name}={value}\n" for name, value in told.items()))
        arguments = ("format", "-t", _CLUSTER, "-c", str(settings), *self.users())
        command = self._java("kafka.tools.StorageTool", *arguments)
        _finish(command, self._directory / "format.log", _PATIENCE)

    def more_settings(self, told: Mapping[str, str]) -> dict[str, str]:
        """What another broker is told besides, or in place of what is `told`."""
        return {}

    def users(self) -> tuple[str, ...]:
        """Those of SCRAM with which it begins, as its format tool takes them."""
        return ()

    def _java(self, *arguments: str) -> tuple[str, ...]:
        return (program("java"), *_JAVA, "-cp", classpath(_POM, "apache-kafka"), *arguments)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _finish(command: tuple[str, ...], log: Path, within: timedelta) -> None:
    with Child(command, log=log) as child:
        if not child.ended(within) or child.exit_code != 0:
            raise DependencyDown(f"{command[0]} failed: {child.said()[-2000:]}")


def _settings(bootstrap: str, controller: str, data: Path) -> dict[str, str]:
    return {
        "node.id": "1",
        "process.roles": "broker,controller",
        "listeners": f"PLAINTEXT://{bootstrap},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{bootstrap}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@{controller}",
        "log.dirs": str(data),
        "offsets.topic.num.partitions": "1",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        # A broker that comes back waits until its former self is declared dead.
        "broker.session.timeout.ms": "2000",
        "broker.heartbeat.interval.ms": "500",
    }
