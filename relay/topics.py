"""The topics: one per state, made where they are missing, never changed."""

from __future__ import annotations

from contextlib import closing

import structlog
from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from outbox.errors import DependencyDown
from schemas.events import TOPICS

log = structlog.get_logger()

PARTITIONS = 4
"""Constant, since order per intent rests on it."""

_BROKER_DEFAULT = -1


def create_missing(bootstrap: str) -> None:
    """Create what is missing.  Safe to run again and at the same time.

    Ask only a broker that has just answered: an admin client that cannot connect leaves a
    thread behind.  Raises `DependencyDown` if it stops answering.  A broker that forbids
    creating topics is no error here: events of a topic that is not there stay unpublished.
    """
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=bootstrap.split(","),
            bootstrap_timeout_ms=5_000,
            request_timeout_ms=5_000,
        )
    except KafkaError as error:
        raise DependencyDown(f"no Kafka at {bootstrap}: {error}") from error
    with closing(admin):
        _create_missing(admin)


def _create_missing(admin: KafkaAdminClient) -> None:
    try:
        missing = sorted(set(TOPICS) - set(admin.list_topics()))
        if missing:
            admin.create_topics([NewTopic(t, PARTITIONS, _BROKER_DEFAULT) for t in missing])
    except TopicAlreadyExistsError:
        pass  # another relay was faster with some; the rest were created
    except KafkaError as error:
        if error.retriable:
            raise DependencyDown(f"Kafka stopped answering: {error}") from error
        log.error("topics_not_created", error=type(error).__name__)
