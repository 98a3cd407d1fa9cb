"""Which broker a test speaks to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from deploy.local.broker import EmbeddedBroker
from tests.parts.apache import ApacheKafka
from tests.parts.containers import docker_answers, kafka_container


class OwnBroker(Protocol):
    """A broker that may be killed; it comes back on the same address."""

    @property
    def bootstrap(self) -> str: ...
    def start(self) -> None: ...
    def kill(self) -> None: ...


def own_broker(directory: Path) -> AbstractContextManager[OwnBroker]:
    """A broker of one test's own."""
    if os.environ.get("HOLDSHORT_TEST_KAFKA") == "apache":
        return ApacheKafka(directory)
    return EmbeddedBroker(directory)


@contextmanager
def picked_broker(directory: Path) -> Iterator[str]:
    """Host and port of the broker the environment asks for."""
    asked = os.environ.get("HOLDSHORT_TEST_KAFKA", "")
    if asked in ("embedded", "apache") or (not asked and not docker_answers()):
        with own_broker(directory) as broker:
            yield broker.bootstrap
    elif asked:
        yield asked
    else:
        with kafka_container() as bootstrap:
            yield bootstrap
