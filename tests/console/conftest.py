"""Fixtures of the rules of a console over plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.parts.console import console

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ada(dsn: str) -> Iterator[httpx.Client]:
    """A browser without scripts, in the hands of ada."""
    with (
        console(dsn) as origin,
        httpx.Client(base_url=origin, headers=SAME_ORIGIN, timeout=30) as client,
    ):
        yield client
