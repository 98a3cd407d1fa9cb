"""Official images, where a Docker engine answers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from deploy.local.broker import answers
from deploy.local.ports import LOOPBACK, free_port
from tests.parts.waiting import wait_until


@cache
def docker_answers() -> bool:
    """Whether containers can be had.  Asked of the client: the library leaks its socket."""
    client = shutil.which("docker")
    if client is None:
        return False
    asked = subprocess.run([client, "version"], capture_output=True, check=False, timeout=10)
    return asked.returncode == 0


@contextmanager
def postgres_container() -> Iterator[str]:
    from testcontainers.community.postgres import PostgresContainer

    with PostgresContainer("postgres:18", driver=None) as server:
        yield server.get_connection_url()


@contextmanager
def kafka_container() -> Iterator[str]:
    """Apache Kafka's own image; it must tell its clients the port they reach it on."""
    from testcontainers.core.container import DockerContainer

    port = free_port()
    bootstrap = f"{LOOPBACK}:{port}"
    settings = {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{bootstrap}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    }
    container = DockerContainer("apache/kafka:4.4.0").with_bind_ports(9092, port)
    with container.with_envs(**settings):
        wait_until(lambda: answers(bootstrap), timedelta(minutes=1), "Kafka answers")
        yield bootstrap
