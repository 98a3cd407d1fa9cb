"""The parts of other tests that the faults are injected into."""

from __future__ import annotations

from tests.channels.conftest import authority
from tests.crash.conftest import belled, pipeline

__all__ = ["authority", "belled", "pipeline"]
