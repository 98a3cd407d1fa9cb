"""Make spans with OpenTelemetry, and send them to a collector, where a setting says so.

What an agent's trace context says of sampling is not believed, or it could hide what is done
with its intents: every span is made, and a collector may drop what is too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outbox import tracing
from outbox.errors import BadSettings
from outbox.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span, SpanContext, Tracer

SECONDS = 2
"""How long a collector may take; spans that it does not take are lost, and nothing else."""


class Otel:
    """Spans of OpenTelemetry."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    @contextmanager
    def begun(
        self, name: str, traceparent: str | None, attributes: dict[str, str | int]
    ) -> Iterator[str | None]:
        """On the given context; within the span around if that is of the same trace.

        What else is going on here, a person's request, say, is linked.
        """
        from opentelemetry import trace

        around, given = trace.get_current_span().get_span_context(), _context(traceparent)
        within = given is None or given.trace_id == around.trace_id
        parent = None if within else trace.set_span_in_context(_remote(given))
        begun = self._tracer.start_as_current_span(
            f"holdshort {name}",
            context=parent,
            links=[trace.Link(around)] if around.is_valid and not within else [],
            attributes=_ours(attributes),
            record_exception=False,  # its message may repeat what a mail says
            set_status_on_exception=False,
        )
        with begun as span:
            try:
                yield tracing.written(span.get_span_context())
            except BaseException as error:
                span.set_status(trace.StatusCode.ERROR, type(error).__name__)
                raise

    def noted(self, attributes: dict[str, str | int]) -> None:
        """Add these to the span around."""
        from opentelemetry import trace

        trace.get_current_span().set_attributes(_ours(attributes))


def begin(settings: Settings, role: str) -> None:
    """Make spans if `HOLDSHORT_TRACES` says where they go; the last leave as it ends.

    Raises `BadSettings` if what makes them is not installed.
    """
    if not settings.traces:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as missing:
        raise BadSettings(
            f"HOLDSHORT_TRACES is set, and {missing.name} is not installed",
            hint="pip install 'holdshort[otel]', or unset it",
        ) from None
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    exporter = OTLPSpanExporter(endpoint=settings.traces, timeout=SECONDS)
    install(BatchSpanProcessor(exporter), role)


def install(processor: SpanProcessor, role: str) -> None:
    """Make spans, every one, and hand them to this."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import ALWAYS_ON

    about = Resource.create({"service.name": "holdshort", "holdshort.role": role})
    provider = TracerProvider(sampler=ALWAYS_ON, resource=about)
    provider.add_span_processor(processor)
    tracing.install(Otel(provider.get_tracer("holdshort")))


def _context(traceparent: str | None) -> SpanContext | None:
    from opentelemetry.trace import SpanContext

    if tracing.sound(traceparent) is None:
        return None
    _, of, parent, _ = re.split("-", str(traceparent))
    return SpanContext(int(of, 16), int(parent, 16), is_remote=True)


def _remote(context: SpanContext | None) -> Span:
    from opentelemetry.trace import INVALID_SPAN, NonRecordingSpan

    return INVALID_SPAN if context is None else NonRecordingSpan(context)


def _ours(attributes: dict[str, str | int]) -> dict[str, str | int]:
    return {f"holdshort.{name}": value for name, value in attributes.items()}
