"""The three parts together, each started only if nobody brought one along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.broker import EmbeddedBroker
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink, SmtpEndpoint


@dataclass(frozen=True, slots=True)
class Stack:
    """Where everything is."""

    dsn: str
    """A libpq URI."""
    kafka: str
    """Host and port."""
    smtp: SmtpEndpoint
    sink: MailSink | None
    """The embedded mail server, which counts; None if one was brought along."""


@contextmanager
def local_stack(
    directory: Path,
    *,
    dsn: str = "",
    kafka: str = "",
    smtp: SmtpEndpoint | None = None,
    tell: Callable[[str], None],
) -> Iterator[Stack]:
    """Start what is missing in `directory`, saying so through `tell`; end it all after."""
    with ExitStack() as parts:
        if not dsn:
            tell("starting PostgreSQL 18 ...")
            dsn = parts.enter_context(EmbeddedPostgres(directory))
        if not kafka:
            tell("starting a Kafka-compatible broker ...")
            kafka = parts.enter_context(EmbeddedBroker(directory)).bootstrap
        sink = None
        if smtp is None:
            tell("starting a mail server ...")
            sink = parts.enter_context(MailSink(directory / "mail"))
            smtp = sink.endpoint
        yield Stack(dsn, kafka, smtp, sink)
