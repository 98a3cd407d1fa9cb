"""What somebody with a client may do to the topics: wipe them, copy them, write into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import closing

from kafka import KafkaAdminClient, KafkaProducer

from schemas.events import TOPICS, Record
from tests.parts.waiting import wait_until
from tests.relay.hearing import ear

_SOON = dt.timedelta(seconds=30)


def wiped(bootstrap: str) -> None:
    """Every topic is gone, with all that was in it."""
    with closing(KafkaAdminClient(bootstrap_servers=bootstrap)) as admin:
        admin.delete_topics(list(TOPICS))
        wait_until(lambda: not {*TOPICS} & {*admin.list_topics()}, _SOON, "the topics are gone")


def everything_in(bootstrap: str, count: int) -> list[Record]:
    """All that was ever published, from the first offset on; at least `count` records."""
    found: list[Record] = []
    with ear(bootstrap, "") as open_to_all:

        def all_there() -> bool:
            for records in open_to_all.consumer.poll(timeout_ms=100).values():
                found.extend(Record(r.topic, r.key, r.value, r.headers) for r in records)
            return len(found) >= count

        wait_until(all_there, _SOON, f"{count} records")
    return found


def written(bootstrap: str, records: Iterable[Record]) -> int:
    """How many of them the broker took: all."""
    with closing(KafkaProducer(bootstrap_servers=bootstrap)) as producer:
        sent = [producer.send(r.topic, r.value, r.key, r.headers) for r in records]
        return len([one.get(_SOON.total_seconds()) for one in sent])
