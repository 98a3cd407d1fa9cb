"""What only the tests of the embedded stack need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.children import Child

_OWNER = Path(__file__).with_name("owner.py")


@pytest.fixture
def owner(own_room: Path, tmp_path: Path) -> Iterator[Child]:
    """A process that owns a running stack in `own_room`."""
    command = (sys.executable, _OWNER, own_room)
    with Child(command, log=tmp_path / "owner.log") as child:
        child.wait_until(lambda: "READY" in child.said(), timedelta(seconds=60))
        yield child
