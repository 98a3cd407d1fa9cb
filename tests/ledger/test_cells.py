"""Tenants live in several databases, each in one: nothing of theirs is ever in another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.exporting import of_intent
from deploy.local.databases import temporary_database
from outbox import Proposal, submit
from outbox.cells import Cells
from outbox.claim import SEND, Claim
from outbox.errors import BadSettings, Conflict, GateClosed, NotAllowed, NotFound
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.limits.setting import Limits, Scope
from outbox.queries import reader
from outbox.store import Connection, connect, refusals
from outbox.tenants import bind
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND
from tests.parts.logins import logins_of
from tests.parts.receipts import OURS, attest
from tests.receipts.judging import said


def claimed(db: Connection, ledger: Ledger) -> Claim:
    journey.score_and_route(db)
    [(id,)] = db.execute(
        "SELECT id FROM outbox.intent WHERE state = 'awaiting_approval'"
    ).fetchall()
    journey.approve(db, id)
    [claim] = ledger.claim(SEND)
    return claim


@pytest.fixture
def south(server_dsn: str, template: str) -> Iterator[str]:
    with temporary_database(server_dsn, template=template) as own:
        journey.arm(own)
        yield own


def written(file: Path, north: str, south: str) -> Path:
    """Acme lives in the north, zenith in the south."""
    cells = {
        "north": {"dsn": north, "tenants": ["acme"]},
        "south": {"dsn": south, "tenants": ["zenith"]},
    }
    file.write_text(json.dumps({"cells": cells}))
    return file


@pytest.fixture
def file(tmp_path: Path, dsn: str, south: str) -> Path:
    """An operator's."""
    return written(tmp_path / "cells.json", dsn, south)


@pytest.fixture
def agents(tmp_path: Path, dsn: str, south: str) -> Path:
    north, other = logins_of(dsn)["agent"], logins_of(south)["agent"]
    return written(tmp_path / "of_agents.json", north, other)


@pytest.fixture
def cells(file: Path) -> Cells:
    read = Cells.read(file)
    for name in read.cells:
        read.declare(name, actor="olga")
    return read


def proposal(tenant: str | None = None, key: str = "k") -> Proposal:
    return Proposal(artifact=journey.mail(), key=key, producer="tests", tenant=tenant)


def proposed_for(where: str, tenant: str, key: str = "k") -> None:
    """Over an agent's login, which is bound to this tenant here."""
    agent = logins_of(where)["agent"]
    with connect(where, application="tests") as db, connect(agent, application="t") as hands:
        bind(db, hands.info.user, tenant, actor="olga")
        submit(hands, proposal(tenant, key))


def tenants_in(dsn: str) -> list[str]:
    with connect(dsn, application="tests") as db:
        return [tenant for (tenant,) in db.execute("SELECT tenant FROM outbox.intent")]


def test_what_a_tenant_proposes_is_in_its_own_cell_alone(
    cells: Cells, agents: Path, dsn: str, south: str
) -> None:
    proposed_for(dsn, "acme")
    proposed_for(south, "zenith")
    led = Cells.read(agents)
    for tenant in ("acme", "zenith"):
        with led.connected(tenant, application="tests") as there:
            submit(there, proposal(tenant, "another"))
    assert tenants_in(dsn) == ["acme", "acme"]
    assert tenants_in(south) == ["zenith", "zenith"]


def test_nobody_proposes_in_a_cell_for_whom_does_not_live_there(
    cells: Cells, dsn: str, south: str
) -> None:
    agent = logins_of(dsn)["agent"]
    with connect(agent, application="tests") as lost:
        for tenant in (None, "default", "acme", "zenith"):
            with pytest.raises(NotAllowed), refusals():
                submit(lost, proposal(tenant))
        with (
            connect(south, application="tests") as db,
            pytest.raises(Conflict, match="a tenant lives in one cell"),
        ):
            bind(db, lost.info.user, "acme", actor="olga")
    assert tenants_in(dsn) == tenants_in(south) == []


def test_a_database_that_is_another_cell_than_the_file_says_is_not_used(
    cells: Cells, file: Path, dsn: str, south: str
) -> None:
    file.write_text(file.read_text().replace(dsn, "x").replace(south, dsn).replace("x", south))
    swapped = Cells.read(file)
    for tenant in ("acme", "zenith"):
        with pytest.raises(Conflict, match="does not say"):
            swapped.connected(tenant, application="tests")
    with pytest.raises(Conflict, match="a cell keeps its name"):
        swapped.declare("north", actor="olga")
    with pytest.raises(NotFound):
        swapped.connected("nobody", application="tests")


def test_a_tenant_with_anything_in_a_cell_stays_there(
    cells: Cells, file: Path, dsn: str
) -> None:
    proposed_for(dsn, "acme")
    file.write_text(file.read_text().replace('["acme"]', "[]"))
    with pytest.raises(Conflict, match="a tenant stays in its cell"):
        Cells.read(file).declare("north", actor="olga")


def test_a_tenant_lives_in_one_cell(file: Path) -> None:
    file.write_text(file.read_text().replace('["zenith"]', '["zenith", "acme"]'))
    with pytest.raises(BadSettings, match="acme lives in two cells"):
        Cells.read(file)
    file.write_text("{}")
    with pytest.raises(BadSettings, match="cells: Field required"):
        Cells.read(file)


def test_a_cap_and_the_log_are_of_their_cell(cells: Cells, dsn: str, south: str) -> None:
    for where, tenant in ((dsn, "acme"), (south, "zenith")):
        with connect(where, application="tests") as db:
            journey.switch_on(db)
            Limits(db, actor="olga").set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
            proposed_for(where, tenant)
            ledger = Ledger(db, worker="w")
            claim = claimed(db, ledger)
            ledger.permit(claim, enough=SECOND)
            ledger.settle(claim, State.SENT, kind="sent", evidence={})
            attest(db)
            with reader(where).connect() as reading:
                assert said(of_intent(reading, claim.id, OURS)).startswith("valid")
            proposed_for(where, tenant, "one more")
            second = claimed(db, ledger)
            with pytest.raises(GateClosed, match="cap"):
                ledger.permit(second, enough=SECOND)


def test_a_person_declares_and_looks_at_all_cells(
    file: Path, agents: Path, dsn: str, south: str
) -> None:
    named = {"cells": str(file)}
    before = holdshort("cell", "list", **named).out
    assert "north  acme: nothing waits; next: holdshort cell declare north\n" in before
    for name in ("north", "south"):
        assert holdshort("cell", "declare", name, "--by", "olga", **named).code == 0
    assert holdshort("cell", "declare", "east", "--by", "olga", **named).code == 5
    proposed_for(south, "zenith")
    mail = journey.mail().model_dump_json()
    to_all = ("submit", "-", "--key", "by hand", "--producer", "p", "--tenant")
    assert holdshort(*to_all, "zenith", stdin=mail, cells=str(agents)).code == 0
    assert holdshort(*to_all, "acme", stdin=mail, cells=str(agents)).code == 4
    after = json.loads(holdshort("cell", "list", "--json", **named).out)
    assert [one["declared"] for one in after] == [True, True]
    assert [one["waiting"] for one in after] == [{}, {"submitted": 2}]
    assert holdshort("cell", "list").code == 2
