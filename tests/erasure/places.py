"""Where canaries are looked for: every row, record, line and answer the product leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from kafka import KafkaConsumer, TopicPartition

from outbox.store import Connection
from schemas.events import TOPICS
from tests.parts.waiting import wait_until

ALLOWED = {
    "artifact.content": "the very bytes; erased",
    "artifact.subject": "read off those bytes for lists; erased with them",
    "approval.manifest": "what a person has approved, all of it; erased",
    "artifact.secret": "what digests are keyed by; erased",
    "recipient.address": "caps and suppressions count by it; erased",
    "recipient.domain": "the same",
    "counted.name": "the same, and then nothing counts by it any more",
    "score.reasons": "a scorer may repeat words to the person who reviews; erased",
    "suppression.target": "to whom nothing may leave must be known: a person lifts it",
}
"""Columns in which a canary may stand, and why."""

SOON = dt.timedelta(minutes=1)


def columns(db: Connection) -> list[tuple[str, str]]:
    """Every column of every table of ours."""
    rows = db.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid"
        " WHERE c.relkind = 'r' AND relnamespace = 'outbox'::regnamespace AND attnum > 0"
        " AND NOT attisdropped ORDER BY 1, attnum"
    ).fetchall()
    return [(str(table), str(column)) for table, column in rows]


def of_the_database(db: Connection) -> Iterator[tuple[str, bytes]]:
    """What each column holds, bytes as bytes."""
    for table, column in columns(db):
        rows = db.execute(f"SELECT {column} FROM outbox.{table}".encode()).fetchall()
        cells = [cell if isinstance(cell, bytes) else str(cell).encode() for (cell,) in rows]
        yield f"{table}.{column}", b"\n".join(cells)


def of_kafka(bootstrap: str, at_least: int) -> Iterator[tuple[str, bytes]]:
    """Every record of ours in it, as it is on the wire."""
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap, group_id=None, auto_offset_reset="earliest"
    )
    wait_until(lambda: set(TOPICS) <= consumer.topics(), SOON, "all topics are there")
    consumer.assign(
        [TopicPartition(t, p) for t in TOPICS for p in consumer.partitions_for_topic(t)]
    )
    consumer.seek_to_beginning()
    heard: list[tuple[str, bytes]] = []

    def enough() -> bool:
        for partition, records in consumer.poll(timeout_ms=200).items():
            for one in records:
                parts = [one.key or b"", one.value or b"", repr(one.headers).encode()]
                heard.append((f"kafka {partition.topic}", b"\n".join(parts)))
        return len(heard) >= at_least

    wait_until(enough, SOON, f"{at_least} records")
    consumer.close()
    yield from heard


def of_files(folder: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    """What lies there."""
    for file in sorted(folder.glob(pattern)):
        yield file.name, file.read_bytes()


def of_metrics(first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """What each process tells of itself."""
    for port in range(first, first + count):
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            yield f"metrics of process {port - first}", answer.read()
