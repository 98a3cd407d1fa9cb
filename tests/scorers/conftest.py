"""Scorers that others have installed: see `tests/plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outbox.ledger import Ledger
from outbox.store import Connection

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def plugins() -> Iterator[None]:
    """They are installed, for this process and for those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        place = ROOT / "tests" / "plugins"
        patch.setenv("PYTHONPATH", f"{ROOT}:{place}")
        patch.syspath_prepend(place)
        yield


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="scorer-1")
