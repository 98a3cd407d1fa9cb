"""kafka-python leaves every socket whose connection was refused to the collector."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_other_test_is_blamed() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"unclosed <(socket|ssl\.SSLSocket)", ResourceWarning)
        yield
        gc.collect()
