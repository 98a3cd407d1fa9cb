"""Spans: what became of an intent as one trace, where somebody asked for traces.

Whoever proposes brings a trace context along; it is stored in the row, goes to Kafka with each
move, and every stage hangs its span on it, a person's decision hours later, too.  It is an
agent's word: it is taken in its W3C form or not at all, and decides nothing.

Nothing of OpenTelemetry is imported here.  `deploy.tracing` installs what makes spans; without
that there are none.
"""

from __future__ import annotations

import re
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII
)
"""As `outbox.submit_each` in the database spells it, too."""


class Traced(Protocol):
    """What belongs to a trace: a claim, or an intent in a person's hands."""

    @property
    def id(self) -> int: ...

    @property
    def traceparent(self) -> str | None: ...


class Spans(Protocol):
    """What makes spans."""

    def begun(
        self, name: str, traceparent: str | None, attributes: dict[str, str | int]
    ) -> AbstractContextManager[str | None]:
        """A span as long as the block lasts; yields its context, to be carried on."""

    def noted(self, attributes: dict[str, str | int]) -> None:
        """Add these to the span around."""


_installed: list[Spans] = []


def install(spans: Spans) -> None:
    """From now on this process makes spans with these."""
    _installed[:] = [spans]


def uninstall() -> None:
    """From now on this process makes none."""
    _installed.clear()


def span(name: str, traceparent: str | None) -> AbstractContextManager[str | None]:
    """A span on this context; yields what is to be carried on."""
    if not _installed:
        return nullcontext(traceparent)
    return _installed[0].begun(name, traceparent, {})


def of(name: str, traced: Traced) -> AbstractContextManager[str | None]:
    """A span of this intent."""
    if not _installed:
        return nullcontext()
    return _installed[0].begun(name, traced.traceparent, {"intent": traced.id})


def note(**attributes: str | int) -> None:
    """Say more of what is done now: words of ours, never what a mail says or to whom."""
    if _installed:
        _installed[0].noted(attributes)


def sound(given: object) -> str | None:
    """A trace context in its W3C form; None for anything else."""
    return given if isinstance(given, str) and TRACEPARENT.fullmatch(given) else None


def carried(given: str | None) -> str | None:
    """What is stored with a proposal: what its caller says, else the span it is in.

    A caller that uses OpenTelemetry has imported it; of nobody else is it asked.
    """
    if given is not None:
        return sound(given)
    trace = sys.modules.get("opentelemetry.trace")
    return None if trace is None else written(trace.get_current_span().get_span_context())


class Context(Protocol):
    """OpenTelemetry's own, as far as we use it."""

    @property
    def trace_id(self) -> int: ...
    @property
    def span_id(self) -> int: ...
    @property
    def trace_flags(self) -> int: ...
    @property
    def is_valid(self) -> bool: ...


def written(context: Context) -> str | None:
    """A context in its W3C form; None for none."""
    if not context.is_valid:
        return None
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
