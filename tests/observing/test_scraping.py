"""What a running pipeline tells Prometheus: every metric, nothing else, and nobody's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client import REGISTRY, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families as families

from consumers import keyfile
from deploy.local.children import Child
from deploy.local.ports import free_port
from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from deploy.watching import Watch
from outbox import queries
from outbox.lifecycle import State
from outbox.metrics import LABELS, NAMED
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, SENDER, Pipeline
from tests.observing.named import alerts, known, selectors
from tests.observing.promtool import promtool, with_promtool
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.waiting import wait_until

STAGES = ("relay", "scorer", "router", "granter", "sender", "sweeper", "attester")
MOST = 40
"""How many series a metric may have in one process, but for the buckets of a histogram."""


class Scraped:
    """What all processes said at once; what several count is added up."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.families = [one for text in texts for one in families(text)]
        self.samples = defaultdict[tuple[object, ...], float](float)
        for sample in (one for family in self.families for one in family.samples):
            self.samples[sample.name, *sorted(sample.labels.items())] += sample.value

    def ours(self) -> list[Metric]:
        return [one for one in self.families if one.name.startswith("holdshort_")]


@pytest.fixture
def first() -> int:
    """The health port of the first process; each next one takes the port after it."""
    return free_port()


@pytest.fixture
def door() -> str:
    """Where agents propose."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def pipeline(
    tmp_path: Path, dsn: str, db: Connection, kafka: str, sink: MailSink, first: int, door: str
) -> Iterator[Pipeline]:
    """Every stage, each with a login of its own, which sends one mail and strands none."""
    keyfile.create(tmp_path / "attest.pem")
    stack = Stack(
        dsn, kafka, sink.endpoint.url, sink.endpoint.ca_file, sink, tmp_path / "attest.pem"
    )
    told = stack.environment(
        dsn, smtp_senders=SENDER, look_every="200ms", http=f"127.0.0.1:{first}",
        intake=door, checkpoints=str(tmp_path / "checkpoints"),
    )  # fmt: skip
    with Supervisor(tmp_path, told, logins_of(dsn)) as run:
        yield Pipeline(db, Watch(queries.reader(dsn), PATIENCE), sink, run)


def scrape(first: int) -> Scraped:
    texts = []
    for port in range(first, first + len(STAGES) + 1):
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            texts.append(answer.read().decode())
    return Scraped(texts)


def up(process: Child) -> None:
    process.wait_until(
        lambda: re.search("(stage|intake) up|relay started", process.said()) is not None,
        PATIENCE,
    )


def run(pipeline: Pipeline, first: int, door: str) -> Scraped:
    """Propose two mails, send one of them, ask the intake something without a token."""
    for role in (*STAGES, "intake"):
        up(pipeline.run.start(role))
    with pytest.raises(HTTPError):
        urlopen(f"http://{door}/v1/intents", timeout=10)
    journey.switch_on(pipeline.db)
    pipeline.propose(2)
    pipeline.decidable()
    pipeline.approve_all()
    pipeline.settled()
    pipeline.published()
    queued = b"SELECT count(*) FROM outbox.unattested"
    pipeline.watch.until(lambda _: pipeline.db.execute(queued).fetchone() == (0,), "the log")
    relayed = ("holdshort_events_published_total", ("state", "sent"))
    wait_until(lambda: scrape(first).samples[relayed] > 1, PATIENCE, "the relay has counted")
    return scrape(first)


@pytest.mark.kafka
def test_a_running_pipeline_tells_every_metric_once_named_and_no_name(
    pipeline: Pipeline, first: int, door: str
) -> None:
    scraped = run(pipeline, first, door)
    told = {family.name for family in scraped.ours()}

    assert told == {metric.name.removesuffix("_total") for metric in NAMED}
    asked = {name for alert in alerts() for name, _ in selectors(alert["expr"])}
    assert {name.removesuffix("_total") for name in asked & known().keys()} <= told
    for expected, value in EXPECTED.items():
        assert scraped.samples[expected] == value, expected
    assert pipeline.watch.counts()[State.SENT] == 2
    _check_labels(scraped)


EXPECTED: dict[tuple[object, ...], float] = {
    ("holdshort_armed",): 1,
    ("holdshort_state_read",): 1,
    ("holdshort_outbound_enabled",): 1,
    ("holdshort_attempts_total", ("channel", "email"), ("outcome", "delivered")): 2,
    ("holdshort_stage_wait_seconds_count", ("stage", "send")): 2,
    ("holdshort_stage_wait_seconds_count", ("stage", "score")): 2,
    ("holdshort_confidence_ratio_count",): 2,
    ("holdshort_http_answers_total", ("door", "intake"), ("status", "4xx")): 1,
    ("holdshort_events_published_total", ("state", "sent")): 2,
    ("holdshort_log_contradicted",): 0,
}


def _check_labels(scraped: Scraped) -> None:
    """Each is one that is described; its values are words of ours, and few."""
    for text in scraped.texts:
        assert "@" not in text
        assert "key-" not in text
    for family in scraped.ours():
        own = [s for s in family.samples if "le" not in s.labels]
        assert len(own) <= MOST, family.name
        for sample in own:
            assert sample.labels.keys() <= LABELS.keys(), sample
            assert not any(value.isdigit() for value in sample.labels.values()), sample


@with_promtool
def test_promtool_has_nothing_against_our_names() -> None:
    text = generate_latest(REGISTRY).decode().splitlines(keepends=True)

    promtool("check", "metrics", given="".join(line for line in text if "holdshort_" in line))
