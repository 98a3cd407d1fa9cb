"""How servers behave, and what must come of it: one table."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.channels import Deferred, Delivered, Outcome, Refused, Uncertain
from tests.channels.http.server import Greeting, Script, Then

OK = b"HTTP/1.1 200 OK\r\n"
NOTHING = b"content-length: 0\r\n\r\n"
LARGE = 12 * 2**20
"""Bytes: more than any buffer between them holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    name: str
    script: Script
    outcome: type[Outcome]
    permits: int = 1
    got: int = 1
    """How many whole requests the server has."""
    slow: str = ""
    """The phase for which there is no patience."""
    body: int = 2
    certificate: str = "good"


def _before(
    name: str, *, outcome: type[Outcome] = Deferred, slow: str = "", **of: str
) -> Behaviour:
    greeting = Greeting(of.pop("greeting", "tls"))
    certificate = of.pop("certificate", "good")
    return Behaviour(
        name=name,
        script=Script(greeting=greeting),
        outcome=outcome,
        permits=0,
        got=0,
        slow=slow,
        certificate=certificate,
    )


def _answers(
    name: str,
    says: bytes,
    outcome: type[Outcome],
    then: Then = Then.CLOSE,
    slow: str = "",
) -> Behaviour:
    return Behaviour(name=name, script=Script(says=says, then=then), outcome=outcome, slow=slow)


BEFORE_THE_PERMIT = (
    _before("closes at once", greeting="close"),
    _before("resets at once", greeting="reset"),
    _before("says nothing to the handshake", greeting="silence", slow="tls"),
    _before("speaks HTTP without TLS", greeting="plain"),
    _before("speaks garbage", greeting="garbage"),
    _before("has the certificate of another name", certificate="other name"),
    _before("has an expired certificate", certificate="expired"),
    _before("has a certificate of another authority", certificate="other authority"),
    _before("knows no TLS but 1.1", certificate="old"),
)

DURING_THE_REQUEST = (
    Behaviour(
        name="hangs up in the middle",
        script=Script(reads=1000, then=Then.RESET),
        outcome=Uncertain,
        got=0,
        body=LARGE,
    ),
    Behaviour(
        name="stops reading",
        script=Script(reads=1000, then=Then.SILENCE),
        outcome=Uncertain,
        got=0,
        body=LARGE,
        slow="request",
    ),
    Behaviour(
        name="says no and hangs up in the middle",
        script=Script(reads=1000, says=b"HTTP/1.1 413 No\r\n" + NOTHING, then=Then.RESET),
        outcome=Uncertain,
        got=0,
        body=LARGE,
    ),
)

UNANSWERED = (
    _answers("hangs up", b"", Uncertain),
    _answers("resets", b"", Uncertain, Then.RESET),
    _answers("says nothing", b"", Uncertain, Then.SILENCE, "answer"),
    _answers("hangs up in the status line", b"HTTP/1.1 20", Uncertain),
    _answers("stops in the status line", b"HTTP/1.1 20", Uncertain, Then.SILENCE, "answer"),
    _answers("hangs up after the status line", OK, Uncertain),
    _answers("hangs up in a header", OK + b"content-le", Uncertain),
    _answers("stops before the end of the headers", OK, Uncertain, Then.SILENCE, "answer"),
    _answers("drips a status for ever", b"HTTP/1.1 2", Uncertain, Then.DRIP, "answer"),
    _answers("drips a header for ever", OK + b"x: ", Uncertain, Then.DRIP, "answer"),
    _answers("floods a header", OK + b"x: ", Uncertain, Then.FLOOD),
    _answers("floods a status", b"", Uncertain, Then.FLOOD),
    _answers("speaks garbage", bytes(range(128, 256)) + b"\r\n\r\n", Uncertain),
    _answers("speaks HTTP/0.9", b"<html>hello</html>\r\n\r\n", Uncertain),
    _answers("speaks HTTP/2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\r\n\r\n", Uncertain),
    _answers("speaks SMTP", b"220 mail.example.org ESMTP\r\n\r\n", Uncertain),
    _answers("has a status of two digits", b"HTTP/1.1 20 OK\r\n" + NOTHING, Uncertain),
    _answers("has a status of four digits", b"HTTP/1.1 2000 OK\r\n" + NOTHING, Uncertain),
    _answers("has a status in words", b"HTTP/1.1 two OK\r\n" + NOTHING, Uncertain),
    _answers("has a status below 100", b"HTTP/1.1 099 OK\r\n" + NOTHING, Uncertain),
    _answers("has a header without a name", OK + b": x\r\n" + NOTHING, Uncertain),
    _answers("has a space before a colon", OK + b"x : y\r\n" + NOTHING, Uncertain),
    _answers("has a length in words", OK + b"content-length: all\r\n\r\n", Uncertain),
    _answers("has a negative length", OK + b"content-length: -1\r\n\r\n", Uncertain),
    _answers(
        "has two lengths",
        OK + b"content-length: 1\r\ncontent-length: 2\r\n\r\n",
        Uncertain,
    ),
    _answers(
        "has an encoding nobody knows", OK + b"transfer-encoding: gzip\r\n\r\n", Uncertain
    ),
    _answers("has a NUL in a header", OK + b"x: a\0b\r\n" + NOTHING, Uncertain),
    _answers("only says to go on", b"HTTP/1.1 100 Continue\r\n\r\n", Uncertain),
    _answers("says to go on for ever", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, Uncertain),
    _answers("hints and hangs up", b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n", Uncertain),
    _answers(
        "switches protocols", b"HTTP/1.1 101 Yes\r\nupgrade: x\r\n\r\n", Uncertain, Then.SILENCE
    ),
    _answers("has a line end and no more", b"\r\n", Uncertain),
)

ANSWERED = (
    _answers("says yes", OK + NOTHING, Delivered),
    _answers("says yes as HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\nok", Delivered),
    _answers("says yes without a reason", b"HTTP/1.1 200\r\n" + NOTHING, Delivered),
    _answers("says yes and resets", OK + NOTHING, Delivered, Then.RESET),
    _answers("says yes and stays", OK + NOTHING, Delivered, Then.SILENCE),
    _answers(
        "says to go on, and then yes",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK + NOTHING,
        Delivered,
    ),
    _answers(
        "hints, and then says yes",
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        Delivered,
    ),
    _answers("says yes and half of a body", OK + b"content-length: 9\r\n\r\nhalf", Delivered),
    _answers(
        "says yes and stops in its body",
        OK + b"content-length: 9\r\n\r\nhalf",
        Delivered,
        Then.SILENCE,
        "body",
    ),
    _answers("says yes and drips a body for ever", OK + b"\r\n", Delivered, Then.DRIP, "body"),
    _answers("says yes and floods a body", OK + b"\r\n", Delivered, Then.FLOOD),
    _answers(
        "says yes and half of a chunk",
        OK + b"transfer-encoding: chunked\r\n\r\n9\r\nhalf",
        Delivered,
    ),
    _answers(
        "says yes and a malformed chunk",
        OK + b"transfer-encoding: chunked\r\n\r\nmany\r\nhalf",
        Delivered,
    ),
    _answers("says yes twice over", OK + NOTHING + b"HTTP/1.1 500 No\r\n" + NOTHING, Delivered),
    _answers(
        "says no and half of a body",
        b"HTTP/1.1 422 No\r\ncontent-length: 9\r\n\r\nhalf",
        Refused,
    ),
)

ALL = BEFORE_THE_PERMIT + DURING_THE_REQUEST + UNANSWERED + ANSWERED

NO = (400, 401, 403, 404, 405, 410, 411, 413, 414, 415, 422, 408, 425, 429)
STATUSES: dict[int, type[Outcome]] = {
    **dict.fromkeys((200, 201, 202, 203, 204, 205, 206, 226, 299), Delivered),
    **dict.fromkeys((300, 301, 302, 303, 304, 305, 307, 308, 399), Refused),
    **dict.fromkeys(NO, Refused),
    **dict.fromkeys((402, 406, 407, 409, 412, 416, 418, 421, 423, 424, 426, 428), Uncertain),
    **dict.fromkeys((431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508), Uncertain),
    **dict.fromkeys((511, 520, 521, 522, 523, 524, 525, 526, 599, 600, 999), Uncertain),
}
