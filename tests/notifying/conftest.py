"""Somebody who catches what is told, and a notifier's login."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts.catcher import Catcher, catching
from tests.parts.logins import logins_of


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    """A server that takes everything."""
    with catching(tmp_path) as server:
        yield server


@pytest.fixture
def login(dsn: str) -> str:
    """The DSN of a notifier's login: whatever these tests see, least privilege sees, too."""
    return logins_of(dsn)["notifier"]
