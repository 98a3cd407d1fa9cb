"""How the bell reaches Kafka, and why it does not."""

from __future__ import annotations

import socket
import ssl
from typing import Any

from kafka import KafkaConsumer
from kafka.errors import KafkaError
from kafka.net.compat import KafkaNetClient

from outbox.cluster import Cluster

_PATIENCE = 2.0
_NOT_LET_IN = (  # its client does not say why
    "Kafka is there and does not let us in; see HOLDSHORT_KAFKA_LOGIN,"
    " HOLDSHORT_KAFKA_PASSWORD_FILE and HOLDSHORT_KAFKA_SASL"
)


def knock(cluster: Cluster) -> None:
    """Raise `OSError` unless one broker accepts a connection, and is whom it is held for."""
    refused = OSError(f"no broker in {cluster.servers!r}")
    for broker in cluster.servers.split(","):
        host, _, port = broker.strip().rpartition(":")
        try:
            _knock_at(host.strip("[]"), int(port), _context(cluster))
        except OSError as error:
            refused = error
        else:
            return
    raise refused


def _knock_at(host: str, port: int, context: ssl.SSLContext | None) -> None:
    with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
        if context is not None:
            context.wrap_socket(connection, server_hostname=host).close()


def consumer(cluster: Cluster, **settings: Any) -> KafkaConsumer:
    """A consumer of no topic yet.

    Raises `KafkaError`, `OSError` if its login is refused or its authorities cannot be read,
    and `BadSettings` for its password.
    """
    made: list[KafkaNetClient] = []

    def client(**given: Any) -> KafkaNetClient:
        made.append(KafkaNetClient(**given))
        return made[-1]

    try:
        return KafkaConsumer(**_told(cluster), kafka_client=client, **settings)
    except KafkaError as error:
        for one in made:
            one.close()  # else its thread and its sockets stay, every time
        if cluster.login:
            raise PermissionError(_NOT_LET_IN) from error
        raise


def _told(cluster: Cluster) -> dict[str, Any]:
    """The secrets are read now."""
    told: dict[str, Any] = {
        "bootstrap_servers": cluster.servers.split(","),
        "security_protocol": cluster.protocol,
        "ssl_context": _context(cluster),
    }
    if cluster.login:
        told["sasl_mechanism"] = cluster.mechanism
        told["sasl_plain_username"] = cluster.login
        told["sasl_plain_password"] = cluster.password()
    return told


def _context(cluster: Cluster) -> ssl.SSLContext | None:
    """It verifies the name, too: nothing here can turn that off."""
    return ssl.create_default_context(cafile=cluster.ca) if cluster.tls else None
