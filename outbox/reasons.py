"""Why a person says no, in words that can be counted; the reason in their own is beside."""

from __future__ import annotations

from enum import StrEnum


class Because(StrEnum):
    """What is wrong with it; the database takes no other word."""

    WRONG_RECIPIENT = "wrong_recipient"
    WRONG_CONTENT = "wrong_content"
    WRONG_AMOUNT = "wrong_amount"
    NOT_NOW = "not_now"
    DUPLICATE = "duplicate"
    SUSPICIOUS = "suspicious"
    POLICY = "policy"
    OTHER = "other"
