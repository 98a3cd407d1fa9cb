"""From the agent's own span to the receipt it is one trace, through all processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from deploy.watching import Watch
from outbox import queries
from outbox.lifecycle import State
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, SENDER, Pipeline
from tests.deploy.command import holdshort
from tests.observing.collector import Collector, Span, collecting
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.relay.hearing import ear

STAGES = ("relay", "scorer", "router", "sender", "sweeper")
AGENT = f"00-{'4b' * 16}-{'00f0' * 4}-00"
"""A caller who says that nothing is sampled; it is all the same."""
TRACE, PARENT = AGENT.split("-")[1:3]
EXPECTED = {
    "propose": "command",
    "score": "scorer",
    "route": "router",
    "decide": "command",
    "send": "sender",
    "permit": "sender",
    "receipt": "sender",
}
"""Every span, and which process makes it."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


def named(collector: Collector) -> dict[str, Span]:
    return {span.name: span for span in collector.spans}


@pytest.mark.kafka
def test_from_the_agents_span_to_the_receipt_it_is_one_trace_through_all_processes(
    tmp_path: Path, dsn: str, db: Connection, kafka: str, sink: MailSink, collector: Collector
) -> None:
    stack = Stack(dsn, kafka, sink.endpoint.url, sink.endpoint.ca_file, sink)
    where = {"dsn": dsn, "traces": collector.address}
    told = stack.environment(**where, smtp_senders=SENDER, look_every="200ms")
    journey.switch_on(db)
    with Supervisor(tmp_path, told, logins_of(dsn)) as run:
        pipeline = Pipeline(db, Watch(queries.reader(dsn), PATIENCE), sink, run)
        for stage in STAGES:
            run.start(stage)
        propose(tmp_path, **where)
        pipeline.decidable()
        digest = journey.seen(db, 1)
        assert holdshort("approve", "1", "--digest", digest, "--by", "ada", **where).code == 0
        assert pipeline.settled()[State.SENT] == 1
        pipeline.published()

    spans = named(collector)
    assert {name: span.role for name, span in spans.items()} == EXPECTED
    assert {span.trace for span in collector.spans} == {TRACE}
    assert spans["propose"].parent == PARENT
    check_parents(spans)
    check_silence(collector)
    check_heard(db, kafka, f"00-{TRACE}-{spans['propose'].id}-")


def propose(room: Path, **where: str) -> None:
    """As an agent's shell does, whose trace is in its environment."""
    file = room / "mail.json"
    file.write_text(journey.mail("Zebra", to="zoe@zebra.example").model_dump_json())
    os.environ["TRACEPARENT"] = AGENT
    said = holdshort("submit", str(file), "--key", "k", "--producer", "billing", **where)
    del os.environ["TRACEPARENT"]
    assert said.code == 0, said.err


def check_parents(spans: dict[str, Span]) -> None:
    """All hang on the proposal, and what a sender does at the last moment on its send."""
    of_a_send = {"permit", "receipt"}
    for name in EXPECTED.keys() - of_a_send - {"propose"}:
        assert spans[name].parent == spans["propose"].id, name
    assert {spans[name].parent for name in of_a_send} == {spans["send"].id}
    order = sorted(EXPECTED, key=lambda name: spans[name].began)
    assert order == list(EXPECTED)
    assert spans["decide"].attributes["holdshort.decision"] == "approve"
    assert spans["permit"].attributes["holdshort.answer"] == "given"
    assert spans["receipt"].attributes["holdshort.kind"] == "sent"
    assert {span.attributes["holdshort.intent"] for span in spans.values()} == {"1"}


def check_silence(collector: Collector) -> None:
    """Nothing of what the mail says, nor from whom or to whom."""
    text = b"".join(collector.raw).lower()
    assert [word for word in (b"zebra", b"invoice", b"example") if word in text] == []
    assert "@" not in repr(collector.spans)


def check_heard(db: Connection, kafka: str, context: str) -> None:
    """Every move went to Kafka on that trace."""
    [(traceparent,)] = db.execute("SELECT traceparent FROM outbox.intent").fetchall()
    assert traceparent.startswith(context)
    seqs = {int(seq) for (seq,) in db.execute("SELECT seq FROM outbox.event").fetchall()}
    with ear(kafka, traceparent) as heard:
        heard.listen_until_it_hears(seqs)
    assert heard.seqs() == seqs
