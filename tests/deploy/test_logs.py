"""Log lines: one fact each, on stderr's form, without anybody's secrets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from deploy.logs import configure


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Give the root logger its handlers back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail_with(secret: str) -> None:
    try:
        raise ValueError(len(secret))
    except ValueError:
        structlog.get_logger().exception("send failed", intent=7)


def test_off_a_terminal_each_line_is_one_json_object() -> None:
    stream = io.StringIO()
    configure("auto", stream=stream)

    structlog.get_logger().info("intent sent", intent=7)
    fail_with("hunter2")

    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["level"], first["intent"]) == ("intent sent", "info", 7)
    assert first["timestamp"].endswith("Z")
    assert "ValueError: 7" in second["exception"]


def test_on_a_terminal_a_person_reads_it() -> None:
    stream = Terminal()
    configure("auto", stream=stream)

    structlog.get_logger().info("intent sent", intent=7)

    assert "intent sent" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize("log", ["json", "console"])
def test_a_traceback_shows_no_values(log: str) -> None:
    stream = Terminal()
    configure("json" if log == "json" else "console", stream=stream)

    fail_with("hunter2")

    assert "ValueError" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()


def test_libraries_speak_only_of_what_is_wrong_and_in_the_same_form() -> None:
    stream = io.StringIO()
    configure("json", stream=stream)

    logging.getLogger("kafka.conn").info("connecting")
    logging.getLogger("kafka.conn").warning("broker %s is away", 3)

    [line] = map(json.loads, stream.getvalue().splitlines())
    assert (line["event"], line["level"], line["logger"]) == (
        "broker 3 is away",
        "warning",
        "kafka.conn",
    )


@pytest.mark.parametrize("log", ["json", "console"])
def test_an_address_in_somebody_elses_words_is_blacked_out(
    log: Literal["json", "console"],
) -> None:
    stream = io.StringIO()
    configure(log, stream=stream)
    reply = ["550 <Ada.L@example.org>: unknown", 'or "odd one"@example.org']

    structlog.get_logger().error("refused", why="to bob@example.org.", evidence={"a": reply})
    logging.getLogger("somebody").warning("bounced: %s", "mallory@example.net")
    structlog.get_logger().info("sent", message_id="<7.1.0123456789abcdef@example.com>")
    try:
        raise ValueError("carol@example.org")
    except ValueError:
        structlog.get_logger().exception("send failed")

    text = stream.getvalue()
    names = ("Ada", "odd one", "bob", "mallory", "carol")
    assert [name for name in names if name in text] == []
    assert text.count("[address]") >= 5
    assert "<7.1.0123456789abcdef@example.com>" in text
