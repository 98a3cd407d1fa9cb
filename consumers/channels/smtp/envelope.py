"""Who, to whom, and how large: what the server hears before the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consumers.channels.line import Stopped
from consumers.channels.smtp.events import Event

Capabilities = Mapping[str, str]
"""EHLO keyword, in upper case, to its parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Addresses as they are on the wire."""

    sender: str
    recipients: Sequence[str]
    size: int
    smtputf8: bool


def commands(envelope: Envelope, offered: Capabilities) -> list[str]:
    """MAIL, and RCPT for each.  Raises `Stopped` where the server cannot take this mail."""
    mail = f"MAIL FROM:<{envelope.sender}>{_parameters(envelope, offered)}"
    return [mail, *(f"RCPT TO:<{recipient}>" for recipient in envelope.recipients)]


def _parameters(envelope: Envelope, offered: Capabilities) -> str:
    said = ""
    if "SIZE" in offered:
        limit = offered["SIZE"].strip()
        if limit.isascii() and limit.isdigit() and 0 < int(limit) < envelope.size:
            raise Stopped(Event.PERMANENT, f"{envelope.size} bytes; the server takes {limit}")
        said += f" SIZE={envelope.size}"
    if envelope.smtputf8:
        if not {"SMTPUTF8", "8BITMIME"} <= offered.keys():
            raise Stopped(Event.PERMANENT, "the server takes no addresses beyond ASCII")
        said += " BODY=8BITMIME SMTPUTF8"
    return said
