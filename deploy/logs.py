"""How log lines look: JSON for machines, colours for a person at a terminal.

An event is a fact in a few words with ids beside it.  Bodies and secrets are never given
to a log; tracebacks are printed without the values of their variables.  An address that
somebody else's words bring along, in an error or a reply, is blacked out.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

_ADDRESS = re.compile(r"""(?:"[^"\n]{1,64}"|[^\s"<>()\[\],;:\\@]+)@[^\s"<>()\[\],;:\\@]+""")
_MESSAGE_ID = re.compile(r"\d+\.\d+\.[0-9a-f]{16}@")
"""Ours: it looks like an address, and names an intent."""


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


def without_addresses(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The event, with every address in it blacked out."""
    return {name: _cleaned(value) for name, value in event.items()}


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return _ADDRESS.sub(_blacked_out, value)
        case dict():
            return {name: _cleaned(part) for name, part in value.items()}
        case list() | tuple():
            return [_cleaned(part) for part in value]
        case _:
            return value


def _blacked_out(found: re.Match[str]) -> str:
    return found[0] if _MESSAGE_ID.match(found[0]) else "[address]"


def _json() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        without_addresses,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _console() -> list[Processor]:
    # The default shows local variables, and with them bodies and passwords.
    return [
        structlog.processors.format_exc_info,
        without_addresses,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]


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
