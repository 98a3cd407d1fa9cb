"""Who, to whom, and how large: what the server hears before the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consumers.channels.smtp.events import Event, Stopped

Capabilities = Mapping[str, str]
"""EHLO keyword, in upper case, to its parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Addresses as they are on the wire."""

    sender: str
    recipients: Sequence[str]
    size: int
    smtputf8: bool


def parameters(envelope: Envelope, offered: Capabilities) -> str:
    """What follows the address in MAIL; `Stopped` where the server cannot take this mail."""
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
