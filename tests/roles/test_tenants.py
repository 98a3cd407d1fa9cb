"""Nobody who is bound to a tenant learns anything of another one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from outbox.desk import Desk, Outbound
from outbox.store import Connection
from tests.parts.journey import A_NO
from tests.roles.digest import tables_of
from tests.roles.house import CANARY, House

ASKED = (
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats",
    "SELECT query FROM pg_stat_activity",
    "SELECT outbox.submit('{canary} 0', 'eve', 'email', 'x')",
    "SELECT outbox.submit('{canary} 0', 'eve', 'email', 'x', tenant => 'others')",
    "SELECT * FROM outbox.hold({id})",
    "SELECT * FROM outbox.suppressed({id})",
    "SELECT outbox.approve({id}, 1, '{digest}', 'x', 'e', 'human', '1 hour', '0')",
    "SELECT outbox.decide({id}, '{digest}', 'e', 'human', 'rejected', 'rejected', '{no}')",
    "SELECT outbox.edit({id}, 1, '', 'e', 'human', 'x')",
    "SELECT (id / 0)::text || idempotency_key FROM outbox.intent WHERE id = {id}",
    "SELECT idempotency_key::int FROM outbox.intent",
    "SELECT convert_from(content, 'UTF8')::int FROM outbox.artifact",
    "SET row_security = off; SELECT * FROM outbox.intent",
    "SELECT * FROM outbox.intent TABLESAMPLE SYSTEM (100)",
    "DECLARE eve CURSOR WITH HOLD FOR SELECT * FROM outbox.receipt; FETCH ALL FROM eve",
    "CREATE FUNCTION pg_temp.told(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
    " AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$;"
    " SELECT FROM outbox.intent WHERE pg_temp.told(idempotency_key)",
)


def heard(connection: Connection, statement: str) -> str:
    """Everything that comes back: rows, errors with all their fields, notices."""
    said: list[str] = []
    connection.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
    try:
        with connection.transaction(force_rollback=True):
            cursor = connection.execute(statement.encode())
            said.append(str(cursor.fetchall() if cursor.description else ""))
    except psycopg.Error as error:
        said += [str(error), str(error.diag.message_detail), str(error.diag.context)]
    return " ".join(said)


@pytest.mark.parametrize("role", ["reader", "reviewer", "agent", "sender"])
def test_who_is_bound_hears_nothing_of_other_tenants(house: House, role: str) -> None:
    foreign = house.intents["others 0"]
    named = {"canary": CANARY, "id": foreign.id, "digest": foreign.digest, "no": A_NO}
    with house.connected(f"ours_{role}") as connection:
        connection.prepare_threshold = None
        for table in tables_of(house.db):
            assert CANARY not in heard(connection, f"SELECT t::text FROM outbox.{table} AS t")
        for statement in ASKED:
            asked = statement.format(**named)
            assert CANARY not in heard(connection, asked).replace(asked, ""), asked


def test_the_other_tenant_is_there_to_be_heard_of(house: House) -> None:
    with house.connected("others_reader") as theirs, house.connected("reader") as everybodys:
        for connection in (theirs, everybodys):
            for table in ("intent", "artifact", "receipt", "leaf", "approval"):
                query = f"SELECT convert_to(t::text, 'UTF8') FROM outbox.{table} AS t"
                told = "".join(str(row[0]) for row in connection.execute(query.encode()))
                hidden = table in ("artifact", "leaf")  # bytea is spelled in hex
                assert (CANARY in told) or (hidden and CANARY.encode().hex() in told), table


def test_no_login_can_keep_the_switch_from_being_turned(house: House) -> None:
    """By any lock that it may take; a sender holds it by a permit, which ends by itself."""
    keys = "hashtext('outbox.switch'), hashtext('outbox.migrate'), 0, 1"
    with house.connected("agent") as agent, house.connected("operator") as operator:
        for key in keys.split(", "):
            agent.execute(f"SELECT pg_advisory_lock({key})".encode())
        operator.execute("SET lock_timeout = '5s'")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(Desk(operator, actor="ada").flip, Outbound.OFF).result()
