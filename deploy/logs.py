"""How log lines look: JSON for machines, colours for a person at a terminal.

An event is a fact in a few words with ids beside it.  Bodies, addresses and secrets are
never given to a log; tracebacks are printed without the values of their variables.
"""

from __future__ import annotations

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import Processor

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(log: Literal["json", "console", "auto"], *, stream: TextIO = sys.stderr) -> None:
    """Send our events, and the warnings of the libraries, to one stream: stdout is data."""
    on_console = log == "console" or (log == "auto" and stream.isatty())
    rendering = _console() if on_console else _json()
    structlog.configure(
        processors=[*_SHARED, *rendering],
        logger_factory=structlog.WriteLoggerFactory(stream),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    _route_libraries(rendering, stream)


def _json() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _console() -> list[Processor]:
    # The default shows local variables, and with them bodies and passwords.
    return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def _route_libraries(rendering: list[Processor], stream: TextIO) -> None:
    """Kafka's, Alembic's and everyone's: warnings and worse, in the same form."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_SHARED, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *rendering,
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
