"""Fixtures of the rules of a console over plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from outbox.store import Connection
from tests.parts.console import console
from tests.parts.programs import shown

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ada(dsn: str) -> Iterator[httpx.Client]:
    """A browser without scripts, in the hands of ada."""
    with (
        console(dsn) as origin,
        httpx.Client(base_url=origin, headers=SAME_ORIGIN, timeout=30) as client,
    ):
        yield client


@pytest.fixture
def api(dsn: str) -> Iterator[str]:
    """Where the API of a console is at which nobody is signed in."""
    with console(dsn, person=None) as origin:
        yield f"{origin}/api/v1"


@pytest.fixture
def grace(api: str, db: Connection) -> Iterator[httpx.Client]:
    """A program of grace's."""
    with httpx.Client(base_url=api, headers=shown(db, "grace"), timeout=20) as client:
        yield client


@pytest.fixture
def at(dsn: str) -> Iterator[str]:
    """A console with ada at it, for whoever asks by themselves."""
    with console(dsn) as origin:
        yield origin
