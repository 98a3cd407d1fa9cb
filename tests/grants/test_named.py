"""Where names count, a grant and its end count, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.claim import SEND
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.grants.test_sending import expire
from tests.parts import journey
from tests.parts.granting import given, granted, revoke


@pytest.mark.parametrize("end", [revoke, expire])
def test_where_names_count_a_grant_that_has_ended_sends_nothing_either(
    db: Connection, end: Callable[[Connection, int], None]
) -> None:
    grant = given(db, signer=None)
    journey.switch_on(db)
    journey.awaiting(db)
    granted(db)
    ledger = Ledger(db, worker="sender-1")
    [claim] = ledger.claim(SEND)
    end(db, grant)

    with pytest.raises(GateClosed) as closed:
        ledger.permit(claim, enough=journey.SECOND)

    assert closed.value.reason in ("grant_revoked", "grant_expired")
