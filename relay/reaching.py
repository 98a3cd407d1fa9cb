"""How the clients of the relay reach Kafka, and why they do not."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from outbox.cluster import Cluster
from outbox.errors import DependencyDown

PATIENCE = dt.timedelta(seconds=5)
"""How long Kafka may take to say that it is there, or that a topic is not."""

_QUIET = 2
"""Its client would tell of every connection that it cannot make: an outage is told once."""

_TELLING = {
    KafkaError._AUTHENTICATION: "the login is refused; see HOLDSHORT_KAFKA_LOGIN,"
    " HOLDSHORT_KAFKA_PASSWORD_FILE and HOLDSHORT_KAFKA_SASL",
    KafkaError._SSL: "TLS fails; see HOLDSHORT_KAFKA_CA, and the name in HOLDSHORT_KAFKA",
}
"""What the client says beside the error that it raises, which is never more than silence."""


Client = TypeVar("Client")


def look_for(cluster: Cluster) -> set[str]:
    """The topics that are there.  Raises `DependencyDown`, and says why nobody answers."""
    said = Said(cluster)
    return said.topics(said.client(AdminClient, {}))


class Said:
    """What one client has said of its connections."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._why: KafkaError | None = None

    def client(
        self, kind: Callable[[dict[str, Any]], Client], settings: Mapping[str, Any]
    ) -> Client:
        """A new client with these settings, and those by which it reaches its cluster.

        Raises `DependencyDown` if its authorities, and `BadSettings` if its password, are
        not there to be read.
        """
        try:
            return kind({**settings, **self._way()})
        except KafkaException as error:
            raise self._down(error.args[0]) from error

    def _way(self) -> dict[str, Any]:
        """The secrets are read now."""
        cluster = self._cluster
        told: dict[str, Any] = {
            "bootstrap.servers": cluster.servers,
            "security.protocol": cluster.protocol,
            "logger": logging.getLogger("kafka"),
            "log_level": _QUIET,
            "error_cb": self._hear,
        }
        if cluster.tls:
            told["ssl.endpoint.identification.algorithm"] = "https"
            told["ssl.ca.location"] = str(cluster.ca or "probe")
        if cluster.login:
            told["sasl.mechanism"] = cluster.mechanism
            told["sasl.username"] = cluster.login
            told["sasl.password"] = cluster.password()
        return told

    def topics(self, client: Any) -> set[str]:
        """The topics that are there.  Raises `DependencyDown`, and says why not."""
        try:
            return set(client.list_topics(timeout=PATIENCE.total_seconds()).topics)
        except KafkaException as error:
            client.poll(0)  # it says why only when it is asked
            raise self._down(error.args[0]) from error

    def _hear(self, error: KafkaError) -> None:
        if error.code() in _TELLING:
            self._why = error

    def _down(self, error: KafkaError) -> DependencyDown:
        servers, why = self._cluster.servers, self._why
        if why is not None:
            return DependencyDown(
                f"no Kafka at {servers}: {why.str()}", hint=_TELLING[why.code()]
            )
        return DependencyDown(
            f"no Kafka at {servers}: {error.str()}",
            hint="set HOLDSHORT_KAFKA (or --kafka) to a running broker, or: holdshort up",
        )
