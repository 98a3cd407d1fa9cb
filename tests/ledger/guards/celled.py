"""Scenes of what a cell is, and who lives there; and what is taken out."""

from __future__ import annotations

from outbox.store import Connection, call
from outbox.tenants import bind
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.mutations import Changes
from tests.parts import journey


def declared(db: Connection, name: str, *tenants: str, actor: str = "olga") -> str:
    told = {"name": name, "tenants": [*tenants], "actor": actor}
    return answer(db, lambda: call(db, "declare_cell", **told))


def a_cell_is_declared_of_all_who_live_there(db: Connection) -> None:
    assert declared(db, "", "acme") == "a_cell_has_a_name"
    assert declared(db, "north", "acme", actor="") == "a_cell_names_who_declared_it"
    journey.proposed(db)
    assert declared(db, "north", "acme") == "a_tenant_stays_in_its_cell"
    assert declared(db, "north", "acme", "default") == "done"
    assert declared(db, "south", "acme", "default") == "a_cell_keeps_its_name"
    assert declared(db, "north", "default", "umbra") == "done"
    told = one(
        db, "SELECT evidence FROM outbox.receipt WHERE kind = 'cell' ORDER BY id DESC LIMIT 1"
    )
    assert told == {"cell": "north", "tenants": ["default", "umbra"]}
    assert one(db, "SELECT tenants FROM outbox.cell") == ["default", "umbra"]
    asked = "SELECT outbox.lives_here('north', 'umbra'), outbox.lives_here('south', 'umbra'),"
    assert db.execute(f"{asked} outbox.lives_here('north', 'acme')".encode()).fetchone() == (
        True,
        False,
        False,
    )
    assert (
        raw(db, "INSERT INTO outbox.cell VALUES (false, 'x', '{}', 'x')")
        == "cell_only_row_check"
    )
    db.execute("SET LOCAL session_replication_role = replica")
    assert raw(db, "DELETE FROM outbox.cell") == "history_is_only_added_to"
    assert raw(db, "TRUNCATE outbox.cell") == "history_is_only_added_to"


def who_does_not_live_in_a_cell_has_no_login_and_no_intent_there(db: Connection) -> None:
    db.execute("CREATE ROLE scene_of_a_cell LOGIN")
    assert answer(db, lambda: bind(db, "scene_of_a_cell", "umbra", actor="olga")) == "done"
    assert declared(db, "north", "acme") == "a_tenant_stays_in_its_cell"
    assert declared(db, "north", "acme", "umbra") == "done"
    assert answer(db, lambda: bind(db, "scene_of_a_cell", "acme", actor="olga")) == "done"
    elsewhere = answer(db, lambda: bind(db, "scene_of_a_cell", "zenith", actor="olga"))
    assert elsewhere == "Conflict"
    assert answer(db, lambda: journey.proposed(db)) == "NotAllowed"


SCENES = (
    a_cell_is_declared_of_all_who_live_there,
    who_does_not_live_in_a_cell_has_no_login_and_no_intent_there,
)
CELLED: dict[str, Changes] = {
    "installation/cell.sql": (
        ("CHECK (name <> '')", "CHECK (true)"),
        ("CHECK (declared_by <> '')", "CHECK (true)"),
        ("DEFAULT true CHECK (only_row)", "DEFAULT true"),
    ),
    "agent/lives_here.sql": (
        ("here.name = lives_here.cell", "true"),
        ("lives_here.tenant = ANY (here.tenants)", "true"),
    ),
    "history/a_cell_is_only_declared.sql": (("DELETE OR TRUNCATE", "DELETE"),),
    "operator/declare_cell.sql": (
        ("WHERE name <> declare_cell.name", "WHERE false"),
        (
            "EXISTS (SELECT FROM outbox.tenancy WHERE tenant <> ALL (declare_cell.tenants))",
            "false",
        ),
        (
            "EXISTS (SELECT FROM outbox.intent WHERE tenant <> ALL (declare_cell.tenants))",
            "false",
        ),
        ("SET tenants = excluded.tenants, ", "SET "),
    ),
    "operator/bind_login.sql": (("WHERE bind_login.tenant <> ALL (tenants)", "WHERE false"),),
    "agent/submit_each.sql": ((" WHERE NOT EXISTS (SELECT FROM outbox.cell)", ""),),
}
