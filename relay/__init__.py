"""Publish recorded moves to Kafka: at least once, in order per intent."""

from __future__ import annotations

from relay.producer import Outlet
from relay.relaying import relay

__all__ = ["Outlet", "relay"]
