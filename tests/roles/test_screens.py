"""Who is bound to a tenant sees nothing of another one on any screen."""

from __future__ import annotations

import pytest

from outbox.errors import NotFound
from outbox.pools import pooled
from outbox.screens.item import item
from outbox.search.asking import asked
from outbox.search.finding import found
from tests.console.budget.reads import reads
from tests.roles.house import CANARY, House


def test_no_screen_names_another_tenant(house: House) -> None:
    engine = pooled(house.logins["ours_reader"])
    with engine.connect() as look:
        for name, read in reads(look):
            assert CANARY not in str(read(look)), name
        for line in (CANARY, f"to:{CANARY}@example.org", f"agent:{CANARY}"):
            assert found(look, asked(line)).rows == ()
        with pytest.raises(NotFound):
            item(look, house.intents["others 0"].id)
    engine.dispose()


def test_the_other_tenant_is_on_the_screens_of_its_own(house: House) -> None:
    for role in ("others_reader", "reader"):
        engine = pooled(house.logins[role])
        with engine.connect() as look:
            assert CANARY in str([read(look) for _, read in reads(look)])
            assert found(look, asked(f"to:{CANARY}@example.org")).rows != ()
        engine.dispose()
