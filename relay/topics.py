"""The topics: one per state, made where they are missing, never changed."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import Any

import structlog
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from outbox.errors import DependencyDown
from schemas.events import TOPICS

log = structlog.get_logger()

PARTITIONS = 4
"""Constant, since order per intent rests on it."""

_PATIENCE = 5.0
QUIET = 2
"""Its client would tell of every connection that it cannot make: an outage is told once."""


def create_missing(bootstrap: str) -> None:
    """Create what is missing.  Safe to run again and at the same time.

    Raises `DependencyDown` if Kafka does not answer.  A broker that forbids creating topics
    is no error here: events of a topic that is not there stay unpublished.
    """
    logger: Any = logging.getLogger("kafka")  # its types know of no object
    admin = AdminClient({"bootstrap.servers": bootstrap, "logger": logger, "log_level": QUIET})
    try:
        missing = sorted(set(TOPICS) - set(admin.list_topics(timeout=_PATIENCE).topics))
    except KafkaException as error:
        raise DependencyDown(f"no Kafka at {bootstrap}: {error.args[0].str()}") from error
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
