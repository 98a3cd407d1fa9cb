"""Publish recorded moves to Kafka: at least once, in order per intent."""

from __future__ import annotations

from relay.relaying import run

__all__ = ["run"]
