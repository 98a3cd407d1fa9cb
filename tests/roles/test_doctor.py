"""`holdshort doctor` finds what is not as it must be, and says how to mend it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg.conninfo import make_conninfo

from deploy.bench.flat.rewriting import rewriting
from deploy.doctor import Finding, examine
from outbox.epoch import Site
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.logins import logins_of

BROKEN = (
    ("owners", "ALTER TABLE outbox.intent OWNER TO CURRENT_USER"),
    ("owners", "ALTER FUNCTION outbox.permit OWNER TO CURRENT_USER"),
    ("public", "GRANT SELECT ON outbox.intent TO PUBLIC"),
    ("public", "GRANT EXECUTE ON FUNCTION outbox.approve TO PUBLIC"),
    ("public", "GRANT USAGE ON SCHEMA outbox TO PUBLIC"),
    ("privileges", "GRANT UPDATE ON outbox.switch TO holdshort_sender"),
    ("privileges", "GRANT UPDATE (state) ON outbox.intent TO holdshort_sender"),
    ("privileges", "GRANT EXECUTE ON FUNCTION outbox.approve TO holdshort_sender"),
    ("privileges", "REVOKE EXECUTE ON FUNCTION outbox.permit FROM holdshort_sender"),
    ("functions", "ALTER FUNCTION outbox.permit RESET search_path"),
    ("functions", "ALTER FUNCTION outbox.permit SET search_path = public, outbox"),
    ("triggers", "ALTER TABLE outbox.receipt DISABLE TRIGGER history_is_only_added_to"),
    ("triggers", "ALTER TABLE outbox.receipt ENABLE TRIGGER history_is_only_added_to"),
    ("triggers", "DROP TRIGGER every_move_is_recorded ON outbox.intent"),
    ("policies", "ALTER TABLE outbox.receipt NO FORCE ROW LEVEL SECURITY"),
    ("policies", "ALTER TABLE outbox.receipt DISABLE ROW LEVEL SECURITY"),
    ("policies", "DROP POLICY a_bound_login_has_its_tenants ON outbox.receipt"),
)
LOGINS = (
    ("IN ROLE holdshort_sender, holdshort_reviewer", "holdshort_reviewer and in holdshort_se"),
    ("IN ROLE holdshort_agent, holdshort_reviewer", "holdshort_agent and in holdshort_revi"),
    ("BYPASSRLS IN ROLE holdshort_reader", "has BYPASSRLS"),
    ("CREATEROLE IN ROLE holdshort_scorer", "has CREATEROLE"),
    ("IN ROLE holdshort_agent, pg_execute_server_program", "has pg_execute_server_program"),
)


@pytest.fixture
def reader(dsn: str) -> str:
    return logins_of(dsn)["reader"]


def wrong(dsn: str) -> list[Finding]:
    return [found for found in examine(dsn, Site()) if not found.ok]


@contextmanager
def also(db: Connection, name: str, attributes: str) -> Iterator[None]:
    """A login of the cluster, which other tests must not see."""
    db.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'tests' {attributes}".encode())
    try:
        yield
    finally:
        db.execute(f"DROP ROLE {name}".encode())


def test_as_it_was_migrated_nothing_is_wrong(reader: str) -> None:
    assert wrong(reader) == []


@pytest.mark.parametrize(("check", "broken"), BROKEN, ids=[broken for _, broken in BROKEN])
def test_what_was_loosened_is_found_and_its_remedy_said(
    reader: str, db: Connection, check: str, broken: str
) -> None:
    db.execute(broken.encode())

    [found] = wrong(reader)

    assert (found.check, bool(found.remedy)) == (check, True)


@pytest.mark.parametrize(("attributes", "why"), LOGINS, ids=[given for given, _ in LOGINS])
def test_a_login_that_could_do_more_than_one_thing_is_found(
    reader: str, db: Connection, attributes: str, why: str
) -> None:
    with also(db, "local_too_much", attributes):
        found = [one.said for one in wrong(reader) if one.check == "logins"]

    assert why in "".join(found)


def test_a_person_may_read_decide_and_operate(reader: str, db: Connection) -> None:
    groups = "IN ROLE holdshort_reader, holdshort_reviewer, holdshort_operator"
    with also(db, "local_person", groups):
        assert wrong(reader) == []


def test_the_owners_login_is_too_much_for_a_process(dsn: str) -> None:
    assert [found.check for found in wrong(dsn)] == ["own login"]


def test_a_sender_elsewhere_than_where_sending_was_armed_is_found(dsn: str) -> None:
    sender = logins_of(dsn)["sender"]

    [found] = [one for one in examine(sender, Site("elsewhere")) if not one.ok]

    assert (found.check, found.remedy) == ("epoch", "holdshort arm --by NAME")


def test_a_late_attester_is_found(reader: str, db: Connection) -> None:
    journey.proposed(db)
    db.execute("ALTER TABLE outbox.receipt DISABLE TRIGGER history_is_only_added_to")
    db.execute("UPDATE outbox.receipt SET at = at - %s", (dt.timedelta(hours=1),))
    db.execute("ALTER TABLE outbox.receipt ENABLE ALWAYS TRIGGER history_is_only_added_to")

    assert [found.check for found in wrong(reader)] == ["attester"]


def test_a_stage_that_nobody_does_is_found_and_says_what_to_run(
    reader: str, db: Connection
) -> None:
    journey.approved(db)
    db.execute("UPDATE outbox.intent SET due_at = due_at - interval '1 hour'")
    off = wrong(reader)
    journey.switch_on(db)
    [found] = wrong(reader)

    assert off == []
    assert (found.check, found.remedy) == ("stages", "holdshort run sender")


def test_a_late_relay_is_found(reader: str, db: Connection) -> None:
    journey.proposed(db)
    with rewriting(db, "event"):
        db.execute("UPDATE outbox.event SET at = at - interval '1 hour'")
    [found] = wrong(reader)

    assert (found.check, found.remedy) == ("relay", "holdshort run relay")


def test_a_database_without_a_schema_is_told_to_migrate(server_dsn: str) -> None:
    assert [found.remedy for found in wrong(server_dsn)] == ["holdshort migrate"]


def test_the_command_says_it_in_words_and_in_json_and_by_its_exit_code(
    dsn: str, reader: str, db: Connection
) -> None:
    good = holdshort("doctor", dsn=reader)
    db.execute("GRANT UPDATE ON outbox.switch TO holdshort_sender")
    bad = holdshort("doctor", dsn=reader)
    as_json = holdshort("doctor", "--json", dsn=reader)

    assert (good.code, bad.code, as_json.code) == (0, 1, 1), (good, bad)
    assert "BAD  privileges: " in bad.out
    assert "next: REVOKE UPDATE ON TABLE outbox.switch FROM holdshort_sender" in bad.out
    findings = json.loads(as_json.out)
    assert [one["check"] for one in findings if not one["ok"]] == ["privileges"]


def test_the_roles_are_printed_as_sql_that_a_server_takes(dsn: str) -> None:
    said = holdshort("roles")

    assert "CREATE ROLE holdshort_owner NOLOGIN" in said.out
    assert "CREATE ROLE my_sender LOGIN IN ROLE holdshort_sender;" in said.out
    groups = json.loads(holdshort("roles", "--json").out)
    assert "holdshort_agent" in {group["name"] for group in groups}


def test_a_login_is_bound_to_a_tenant_by_the_command_line(dsn: str, db: Connection) -> None:
    operator = logins_of(dsn)["operator"]
    with also(db, "local_bound", "IN ROLE holdshort_agent"):
        said = holdshort("tenant", "add", "acme", "local_bound", "--by", "ada", dsn=operator)
        listed = json.loads(holdshort("tenant", "list", "--json", dsn=operator).out)
        typo = holdshort("tenant", "add", "acme", "local_buond", "--by", "ada", dsn=operator)
        agent = make_conninfo(dsn, user="local_bound", password="tests")
        refused = holdshort("list", dsn=agent)

    assert said.code == 0, said
    assert [(one["login"], one["tenant"]) for one in listed] == [("local_bound", "acme")]
    assert (typo.code, refused.code) == (5, 4)
    assert "next: " in refused.err
