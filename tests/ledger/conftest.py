"""One worker's hands, and one person's."""

from __future__ import annotations

import pytest

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="worker-1")


@pytest.fixture
def desk(db: Connection) -> Desk:
    return Desk(db, actor="ada")
