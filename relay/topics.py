"""The topics: one per state, made where they are missing, never changed."""

from __future__ import annotations

from concurrent.futures import Future

import structlog
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from outbox.cluster import Cluster
from outbox.errors import DependencyDown
from relay.reaching import Said
from schemas.events import TOPICS

log = structlog.get_logger()

PARTITIONS = 4
"""Constant, since order per intent rests on it."""

_PATIENCE = 5.0


def create_missing(cluster: Cluster) -> None:
    """Create what is missing.  Safe to run again and at the same time.

    Raises `DependencyDown` if Kafka does not answer.  A broker that forbids creating topics
    is no error here: events of a topic that is not there stay unpublished.
    """
    said = Said(cluster)
    admin = said.client(AdminClient, {})
    missing = sorted(set(TOPICS) - said.topics(admin))
    if missing:
        wanted = [NewTopic(topic, PARTITIONS) for topic in missing]
        for created in admin.create_topics(wanted, request_timeout=_PATIENCE).values():
            _created(created)


def _created(created: Future[None]) -> None:
    try:
        created.result()
    except KafkaException as refusal:
        error = refusal.args[0]
        if error.code() == KafkaError.TOPIC_ALREADY_EXISTS:
            return  # another relay was faster
        if is_outage(error):
            raise DependencyDown(f"Kafka stopped answering: {error.str()}") from refusal
        log.error("topics_not_created", error=error.name())


_OUTAGES = (
    KafkaError._ALL_BROKERS_DOWN,
    KafkaError._MSG_TIMED_OUT,
    KafkaError._PURGE_INFLIGHT,
    KafkaError._PURGE_QUEUE,
    KafkaError._RESOLVE,
    KafkaError._TIMED_OUT,
    KafkaError._TRANSPORT,
)


def is_outage(error: KafkaError) -> bool:
    """Whether nobody is to blame but Kafka, or the way to it: it may be tried again."""
    return bool(error.retriable()) or error.code() in _OUTAGES
