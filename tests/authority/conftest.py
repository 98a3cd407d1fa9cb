"""A sender that believes signatures only, on real parts."""

from __future__ import annotations

import pytest

from consumers.authority import BySignature
from consumers.rulings import Rulings
from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox.store import Connection
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.reviewers import ADA, BOB, ROOTS, declared, enrolled


@pytest.fixture
def believing(db: Connection, sink: MailSink) -> Sender:
    """One look of it is one step; ada and bob are enrolled, and the switch is on."""
    declared(db, enrolled("ada", ADA.key))
    declared(db, enrolled("bob", BOB.key))
    journey.switch_on(db)
    return sender(db, sink, authority=BySignature(db, ROOTS, Rulings(ROOTS)))
