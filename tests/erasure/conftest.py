"""One person who erases."""

from __future__ import annotations

import pytest

from outbox.erasing import Eraser
from outbox.store import Connection


@pytest.fixture
def eraser(db: Connection) -> Eraser:
    return Eraser(db, actor="dora", reason="asked for by letter")
