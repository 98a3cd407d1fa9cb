"""What a server can do, and what must become of the attempt: the table, as cases."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.channels import Deferred, Delivered, Halted, Outcome, Refused, Uncertain
from tests.channels.scripted_smtp import EHLO, Act, Script, Then

CLOSE, RESET, HANG, DRIP = (Act(then=t) for t in (Then.CLOSE, Then.RESET, Then.HANG, Then.DRIP))
HALF_A_RECORD = Act(b"\x16\x03\x03\x3f\xff", Then.DRIP)
SILENT = {"close": CLOSE, "reset": RESET, "hang": HANG, "drip": DRIP}


@dataclass(frozen=True)
class Behaviour:
    name: str
    script: Script
    outcome: type[Outcome]
    slow: tuple[str, ...] = ()
    """The phases that run out of time."""


def _says(outcome: type[Outcome], point: str, *sayings: bytes) -> list[Behaviour]:
    return [
        Behaviour(f"{point}: {saying[:30]!r}", {point: Act(saying + b"\r\n")}, outcome)
        for saying in sayings
    ]


def _silent(outcome: type[Outcome], point: str, phase: str) -> list[Behaviour]:
    return [
        Behaviour(
            f"{point}: {how}", {point: act}, outcome, (phase,) if act in (HANG, DRIP) else ()
        )
        for how, act in SILENT.items()
    ]


BEFORE_THE_MAIL = [
    Behaviour("connect: close", {"connect": CLOSE}, Deferred),
    Behaviour("connect: hang", {"connect": HANG}, Deferred, slow=("tls", "banner")),
    Behaviour("tls: close", {"tls": CLOSE}, Deferred),
    Behaviour("tls: reset", {"tls": RESET}, Deferred),
    Behaviour("tls: hang", {"tls": HANG}, Deferred, slow=("tls",)),
    Behaviour("tls: drip", {"tls": HALF_A_RECORD}, Deferred, slow=("tls",)),
    *_silent(Deferred, "banner", "banner"),
    *_silent(Deferred, "ehlo", "ehlo"),
    *_silent(Deferred, "auth", "auth"),
    *_says(Deferred, "banner", b"421 busy", b"450 later", b"garbage", b"250 ok", b"220"),
    *_says(Refused, "banner", b"554 no service"),
    *_says(Deferred, "ehlo", b"451 later", b"250-a\r\n251 b", b"250-a\n250 b"),
    *_says(Refused, "ehlo", b"550 not you"),
    *_says(Halted, "ehlo", b"250 no extensions", b"250-hi\r\n250 AUTH CRAM-MD5"),
    *_says(Refused, "ehlo", b"250-hi\r\n250-SIZE 10\r\n250 AUTH PLAIN"),
    *_says(
        Delivered, "ehlo", b"250-hi\r\n250 auth login", b"250-hi\r\n250-SIZE\r\n250 AUTH PLAIN"
    ),
    *_says(Delivered, "ehlo", b"250-hi\r\n250-SIZE 0\r\n250 AUTH LOGIN PLAIN"),
    *_says(Halted, "ehlo", EHLO + b"250 unasked"),
    *_says(Halted, "auth", b"535 5.7.8 no", b"530 no", b"334 more?", b"250 fine"),
    *_says(Deferred, "auth", b"454 4.7.0 later", b"421 bye"),
    *_says(Halted, "tls", b"HTTP/1.1 400 Bad Request", b"220 plain text here"),
]
BEFORE_THE_DOT = [
    *_silent(Deferred, "mail", "mail"),
    *_silent(Deferred, "rcpt2", "rcpt"),
    *_silent(Deferred, "data", "data"),
    *_says(Refused, "mail", b"550 5.1.8 no", b"552 too large", b"500 what?"),
    *_says(Deferred, "mail", b"451 later", b"421 bye", b"354 what?", b"199 what?", b"250ok"),
    *_says(Refused, "rcpt1", b"550 5.1.1 unknown", b"551 not here"),
    *_says(Refused, "rcpt2", b"550 5.1.1 unknown"),
    *_says(Deferred, "rcpt1", b"450 greylisted", b"421 bye", b"354 what?"),
    *_says(Deferred, "rcpt2", b"452 too many", b"250 ok\r\n250 and more"),
    Behaviour(
        "rcpt: one for now, one for good",
        {"rcpt1": Act(b"450 later\r\n"), "rcpt2": Act(b"550 never\r\n")},
        Refused,
    ),
    *_says(Refused, "data", b"554 no valid recipients", b"503 what?"),
    *_says(Deferred, "data", b"451 later", b"250 ok", b"355 almost", b"354-go\r\n250 on"),
    # An answer that waits already must not be taken for the answer to the dot.
    *_says(Deferred, "data", b"354 go\r\n250 queued"),
]
AFTER_THE_DOT = [
    *_silent(Uncertain, "dot", "reply"),
    *_says(Delivered, "dot", b"250 ", b"200 ok", b"251 ok", b"299 2.0.0 ok", b"250-a\r\n250 b"),
    *_says(Delivered, "dot", b"250 4.4.1 queued", b"250 ok\r\n550 no"),
    *_says(
        Refused, "dot", b"550 5.7.1 spam", b"552 too large", b"500 what?", b"554-a\r\n554 b"
    ),
    *_says(
        Refused, "dot", b"450 later", b"451 4.7.1 greylisted", b"452 4.3.1 full", b"451 4.40.1"
    ),
    *_says(
        Uncertain, "dot", b"421 4.7.0 bye", b"421 bye", b"451 4.3.2 down", b"451 4.4.2 lost"
    ),
    *_says(
        Uncertain, "dot", b"451 4.4.0", b"451-4.7.1 a\r\n451 4.4.1 b", b"550 4.4.1 no route"
    ),
    *_says(
        Uncertain, "dot", b"354 more?", b"334 ?", b"150 wait", b"199 hm", b"600 ?", b"999 ?"
    ),
    *_says(Uncertain, "dot", b"", b"ok", b"250", b"250ok", b"25 ok", b"2500 ok", b"250\tok"),
    *_says(Uncertain, "dot", b"250 ok\n", b"250 a\rb", b"250 a\0b", b"\xff50 ok", b" 250 ok"),
    *_says(Uncertain, "dot", b"250-a\r\n550 b", b"550-a\r\n250 b", b"250-a\r\nb"),
    *_says(Uncertain, "dot", b"250 " + b"x" * 1100, b"250-a\r\n" * 200 + b"250 b"),
    Behaviour("dot: cut short", {"dot": Act(b"250 2.0.0 o", Then.CLOSE)}, Uncertain),
    Behaviour("dot: cut before LF", {"dot": Act(b"250 ok\r", Then.CLOSE)}, Uncertain),
    Behaviour("dot: half a reply", {"dot": Act(b"250-ok\r\n", Then.CLOSE)}, Uncertain),
    Behaviour("dot: half a no", {"dot": Act(b"550-no\r\n", Then.RESET)}, Uncertain),
    Behaviour("quit: close", {"quit": CLOSE}, Delivered),
    Behaviour("quit: reset", {"quit": RESET}, Delivered),
    Behaviour("quit: hang", {"quit": HANG}, Delivered),
    *_says(Delivered, "quit", b"500 what?", b"421 bye", b"garbage"),
]
DURING_THE_BODY = [
    *_silent(Deferred, "body", "body"),
    *_says(Refused, "body", b"552 too large"),
    *_says(Deferred, "body", b"421 bye", b"250 queued"),
]
