"""Spans are on the trace that an agent brings along, and believe nothing else of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer

from deploy import tracing as making
from outbox import Proposal, submit, tracing
from outbox.claim import SCORE
from outbox.errors import BadSettings, GateClosed
from outbox.ledger import Ledger
from outbox.settings import Settings
from outbox.store import Connection
from tests.observing.test_one_trace import AGENT, PARENT, TRACE
from tests.parts import journey


@pytest.fixture
def made() -> Iterator[InMemorySpanExporter]:
    """Spans of this very process."""
    exporter = InMemorySpanExporter()
    making.install(SimpleSpanProcessor(exporter), "tests")
    yield exporter
    tracing.uninstall()


@pytest.fixture
def person() -> Tracer:
    """Whoever instruments the requests of people."""
    return TracerProvider().get_tracer("a console")


def decided(db: Connection, person: Tracer, made: InMemorySpanExporter) -> ReadableSpan:
    """A person approves, hours later, in a request with a trace of its own."""
    intent = proposed(db, AGENT)
    with person.start_as_current_span("POST /approve"):
        journey.approve(db, intent)
    return next(one for one in made.get_finished_spans() if one.name == "holdshort decide")


def test_a_decision_is_of_the_intents_trace_and_linked_to_the_persons_own(
    db: Connection, person: Tracer, made: InMemorySpanExporter
) -> None:
    span = decided(db, person, made)

    assert f"{span.context.trace_id:032x}" == TRACE
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" == PARENT
    [link] = span.links
    assert link.context.is_valid
    assert link.context.trace_id != span.context.trace_id


def test_a_caller_that_uses_opentelemetry_says_nothing_and_is_followed(
    db: Connection, person: Tracer
) -> None:
    with person.start_as_current_span("an agent's step") as step:
        journey.proposed(db)
        ours = step.get_span_context()

    [(kept,)] = db.execute("SELECT traceparent FROM outbox.intent").fetchall()
    assert kept.startswith(f"00-{ours.trace_id:032x}-{ours.span_id:016x}-0")


def test_what_a_caller_says_counts_before_the_span_it_is_in(
    db: Connection, person: Tracer
) -> None:
    with person.start_as_current_span("an agent's step"):
        proposed(db, AGENT)

    [(kept,)] = db.execute("SELECT traceparent FROM outbox.intent").fetchall()
    assert kept == AGENT


@pytest.mark.parametrize("said", ["", "00-xyz", f"{AGENT}\n", f"{AGENT}-more", "x" * 10_000])
def test_what_is_no_trace_context_is_none_and_costs_no_mail(
    db: Connection, said: str, made: InMemorySpanExporter
) -> None:
    proposed(db, said)
    with tracing.span("score", said):
        pass

    assert tracing.carried(said) is None
    assert made.get_finished_spans()[-1].parent is None
    assert db.execute("SELECT traceparent FROM outbox.intent").fetchall() == [(None,)]


def test_a_span_says_of_a_failure_which_kind_and_no_more(made: InMemorySpanExporter) -> None:
    with pytest.raises(GateClosed), tracing.span("permit", AGENT):
        raise GateClosed("suppressed", "ada@example.org wants no mail")

    [span] = made.get_finished_spans()
    assert span.status.description == "GateClosed"
    assert span.events == ()


def test_an_agent_cannot_hide_what_is_done_by_saying_that_nothing_is_sampled() -> None:
    code = """if True:
        import os
        from deploy import tracing as making
        from opentelemetry.sdk.trace import SpanProcessor
        from outbox import tracing
        making.install(SpanProcessor(), "tests")
        with tracing.span("x", os.environ["SAID"]) as carried:
            assert int(carried[-2:], 16) & 1, carried
    """
    hidden = {"SAID": AGENT, "OTEL_TRACES_SAMPLER": "always_off"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **hidden}, check=False
    )

    assert done.returncode == 0


def test_without_traces_nothing_of_opentelemetry_is_imported() -> None:
    code = (
        "import sys; import outbox.submit, consumers.sending, deploy.stages, deploy.running;"
        "from outbox import tracing; from outbox.settings import Settings;"
        "from deploy import tracing as making; making.begin(Settings(), 'sender');"
        "tracing.carried(None); tracing.span('x', None).__enter__();"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0


def test_without_what_makes_spans_a_setting_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter", None)

    with pytest.raises(BadSettings, match="is not installed") as refusal:
        making.begin(Settings(traces="http://127.0.0.1:1/v1/traces"), "sender")

    assert "holdshort[otel]" in refusal.value.hint


def proposed(db: Connection, traceparent: str) -> int:
    """An intent that waits for a person, on this trace."""
    mail = Proposal(artifact=journey.mail(), key="k", producer="tests", traceparent=traceparent)
    submit(db, mail)
    ledger = Ledger(db, worker="scorer-1")
    [claim] = ledger.claim(SCORE)
    ledger.score(claim, journey.a_score(0.9))
    ledger.route(threshold=0.5)
    return claim.id
