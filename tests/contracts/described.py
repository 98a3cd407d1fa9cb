"""The AsyncAPI document as whoever hears the topics reads it."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

from schemas.contracts.asyncapi import asyncapi
from schemas.contracts.fitting import plain


@cache
def messages() -> dict[str, Any]:
    """The one message of each topic, without references."""
    said = asyncapi()
    channels = said["channels"].values()
    return {
        channel["address"]: plain(next(iter(channel["messages"].values())), said)
        for channel in channels
    }


@cache
def validator_of(topic: str, part: str) -> Any:
    """Of the `headers`, or of the `payload`, of a topic."""
    return jsonschema_rs.validator_for(messages()[topic][part], validate_formats=True)
