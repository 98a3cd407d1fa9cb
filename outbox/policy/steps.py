"""What may be said of an intent that waits for a person."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """What is said of it: once each, for as long as it waits."""

    REMINDED = "reminded"
    ESCALATED = "escalated"
