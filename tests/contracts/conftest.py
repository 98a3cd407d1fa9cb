"""The intake of the tests of its own, for clients in other languages."""

from __future__ import annotations

from tests.intake.conftest import intake

__all__ = ["intake"]
