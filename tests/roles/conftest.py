from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.parts.database import Way
from tests.roles.house import House, furnished


@pytest.fixture(scope="module")
def house(server_dsn: str, template: str, way_in: Way) -> Iterator[House]:
    """One for a whole file: nothing that is tried in it may change anything."""
    with furnished(server_dsn, template, way_in) as house:
        yield house
