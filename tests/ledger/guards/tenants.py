"""Scenes of tenants, and what is taken out of what keeps them apart."""

from __future__ import annotations

from functools import partial

from outbox import Amount, Proposal, submit
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from outbox.tenants import bind
from outbox.tokens import Kind, make
from schemas.groups import OF_TENANTS
from tests.ledger.guards.answers import NOT_ALLOWED, answer, one
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.playing import connected, forging, proposal
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED
from tests.parts import journey
from tests.parts.granting import given
from tests.parts.receipts import attest

AMOUNT = Amount(value=1, currency="EUR")
SEEN = " UNION ALL ".join(
    f"SELECT '{table}', count(*) FROM outbox.{table}" for table in OF_TENANTS
).encode()

OF_AN_INTENT = (
    "turn SELECT 'everything', '', now(), id, 1",
    "reminder SELECT id, now(), 'reminded'",
    "deferral SELECT id, now(), now() + '1 d', 'a'",
    "notified SELECT 'r', 'reminded', id, now()",
)
"""What no life of an intent brings about that is as short as this one."""


def lived(db: Connection) -> int:
    """One intent of the tenant `ours` with something in every table."""
    with connected(db, "holdshort_agent", "ours"):
        artifact = journey.mail().model_copy(update={"amount": AMOUNT})
        intent = submit(db, Proposal(artifact=artifact, key="k", producer="tests"))
    db.execute("INSERT INTO outbox.route (name) VALUES ('r')")
    for row in OF_AN_INTENT:
        db.execute(f"INSERT INTO outbox.{row} FROM outbox.intent".encode())
    make(db, Kind.AGENT, "x", tenant="ours", valid_for=journey.HOUR, actor="ada")
    journey.score_and_route(db)
    Desk(db, actor="ada").approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=journey.HOUR
    )
    journey.switch_on(db)
    ledger = Ledger(db, worker="worker-1")
    [claim] = ledger.claim(SEND)
    with connected(db, "holdshort_reviewer", "ours"):
        given(db, tenant="ours")
    attest(db)
    ledger.permit(claim, enough=journey.SECOND)
    return intent.id


def who_is_bound_sees_what_is_of_its_tenants_in_every_table(db: Connection) -> None:
    lived(db)
    everything = {table for table, count in db.execute(SEEN).fetchall() if count}
    assert everything == set(OF_TENANTS)
    with connected(db, "holdshort_reader", "others"):
        theirs = {table for table, count in db.execute(SEEN).fetchall() if count}
        receipts = one(db, "SELECT count(*) FROM outbox.receipt WHERE intent_id IS NOT NULL")
        leaves = one(db, "SELECT count(*) FROM outbox.leaf WHERE chain <> 0")
    with connected(db, "holdshort_reader", "ours"):
        ours = {table for table, count in db.execute(SEEN).fetchall() if count}
    with connected(db, "holdshort_reader"):
        unbound = {table for table, count in db.execute(SEEN).fetchall() if count}
    assert theirs <= {"receipt", "leaf", "tenancy"}
    assert (receipts, leaves) == (0, 0)
    assert ours == everything
    assert unbound == everything - {"tenancy"}


def who_is_bound_writes_nothing_of_others(db: Connection) -> None:
    id = lived(db)
    tables = "artifact", "score", "approval", "attempt", "receipt", "event"
    before = {table: one(db, f"SELECT count(*) FROM outbox.{table}") for table in tables}
    digest = one(db, "SELECT digest FROM outbox.intent")
    forging(db)
    with connected(db, "holdshort_reviewer", "others"):
        artifact = f"({id}, 2, encode(sha256('x'), 'hex'), 'x', 'eve')"
        forged = f"SELECT outbox.forge($$ INSERT INTO outbox.artifact VALUES {artifact} $$)"
        assert answer(db, lambda: db.execute(forged.encode())) == NOT_ALLOWED
        for act in (
            f"approve({id}, 1, '{digest}', 'x', 'e', 'human', '1h', '0')",
            f"edit({id}, 1, 'x', 'e', 'human', 'x')",
            f"decide({id}, 'x', 'e', 'human', 'rejected', 'rejected', '{journey.A_NO}')",
            f"override({id}, 'x', 'e', 'human', '{{}}')",
        ):
            answer(db, partial(db.execute, f"SELECT outbox.{act}".encode()))
        assert db.execute("SELECT * FROM outbox.hold(%s)", (id,)).fetchall() == []
    after = {table: one(db, f"SELECT count(*) FROM outbox.{table}") for table in tables}
    assert after == before
    assert journey.state_of(db, id) == State.RELEASING


def a_login_proposes_for_its_own_tenants(db: Connection) -> None:
    with connected(db, "holdshort_agent"):
        submit(db, proposal("k"))
        assert answer(db, lambda: submit(db, proposal("x", "ours"))) == NOT_ALLOWED
    with connected(db, "holdshort_agent", "ours"):
        submit(db, proposal("k", subject="other bytes"))
        assert answer(db, lambda: submit(db, proposal("x", "default"))) == NOT_ALLOWED
    with connected(db, "holdshort_agent", "ours", "others"):
        assert answer(db, lambda: submit(db, proposal("x"))) == NOT_ALLOWED
        submit(db, proposal("k", "others", subject="others again"))
    tenants = "SELECT string_agg(tenant, ' ' ORDER BY tenant) FROM outbox.intent"
    assert one(db, tenants) == "default others ours"


def a_key_is_of_its_tenant(db: Connection) -> None:
    with connected(db, "holdshort_agent", "ours", "others"):
        born = [submit(db, proposal("k", tenant, subject=tenant)) for tenant in BOTH]
        again = [submit(db, proposal("k", tenant, subject=tenant)) for tenant in BOTH]
    assert born[0].id < born[1].id
    assert again == born
    assert submit(db, proposal("k")) == submit(db, proposal("k"))  # bound to none


BOTH = ("ours", "others")


def a_login_is_bound_by_name_once_and_for_good(db: Connection) -> None:
    with connected(db, "holdshort_agent", "ours") as login:
        assert one(db, "SELECT count(*) FROM outbox.tenancy") == 1
    bind(db, login, "ours", actor="eve")
    assert one(db, "SELECT string_agg(bound_by, ' ') FROM outbox.tenancy") == "ada"
    assert answer(db, lambda: bind(db, "nobody at all", "ours", actor="a")) == "NotFound"
    with connected(db, "holdshort_operator") as operator:
        assert one(db, "SELECT count(*) FROM outbox.tenancy") == 1
    assert answer(db, lambda: bind(db, operator, "ours", actor="ada")) == NOT_ALLOWED
    with connected(db, "holdshort_reader"):
        assert one(db, "SELECT count(*) FROM outbox.tenancy") == 0
    for act in (
        b"DELETE FROM outbox.tenancy",
        b"UPDATE outbox.tenancy SET tenant = 'x'",
        b"TRUNCATE outbox.tenancy",
    ):
        assert answer(db, partial(db.execute, act)) == "history_is_only_added_to"
    for column, rule in NAMED:
        wrong = {"login": "x", "tenant": "x", "bound_by": "x", column: ""}
        assert answer(db, partial(db.execute, INSERT, wrong)) == rule


NAMED = (("tenant", "a_tenant_has_a_name"), ("bound_by", "a_binding_names_a_person"))
INSERT = "INSERT INTO outbox.tenancy VALUES (%(login)s, %(tenant)s, %(bound_by)s)"
SCENES = (
    who_is_bound_sees_what_is_of_its_tenants_in_every_table,
    who_is_bound_writes_nothing_of_others,
    a_login_proposes_for_its_own_tenants,
    a_key_is_of_its_tenant,
    a_login_is_bound_by_name_once_and_for_good,
)

_OWN = "tenancy.login = session_user"
TENANTS: dict[str, Changes] = {
    "roles/tenancy.sql": (("tenant <> ''", "true"), ("bound_by <> ''", "true")),
    "roles/bindings_stay.sql": (UNCHANGED, UNDELETED, UNTRUNCATED),
    "roles/whose_rows.sql": ((_OWN, "true"), ("), true))", "), false))")),
    # No login that sees the bindings of others may read grants: `_OWN` is not asked there.
    "roles/whose_grants.sql": (("), true))", "), false))"),),
    "roles/whose_rows_of_an_intent.sql": (
        ("(SELECT NOT EXISTS (", "(SELECT true OR NOT EXISTS ("),
        ("'version = 1'", "'true'"),
        ("'version = 1'", "'false'"),
        ("'kind = ''persisted'''", "'false'"),
        ("intent_id IS NULL OR outbox.sees", "true OR outbox.sees"),
        ("chain = 0 OR outbox.sees", "true OR outbox.sees"),
        *(
            (f"('{table}', '{asked}", f"('{table}', 'true OR {asked}")
            for asked, tables in (
                ("outbox.sees", "artifact recipient score approval attempt event deferral"),
                ("EXISTS", "unattested unpublished"),
            )
            for table in tables.split()
        ),
    ),
    "roles/whose_bindings.sql": (
        ("login = session_user\n", "true\n"),
        ("OR pg_has_role(session_user, 'holdshort_operator', 'MEMBER')\n", "\n"),
    ),
    "roles/policies_are_forced.sql": ((" FORCE ROW", " ENABLE ROW"),),
    "agent/submit_each.sql": (
        ("(chosen <@ mine) IS NOT TRUE", "false"),
        ("i.tenant = asked.tenant AND ", ""),
    ),
    "agent/check_known.sql": (("intent.tenant = asked.tenant AND ", ""),),
    "operator/bind_login.sql": (
        ("IF NOT EXISTS", "IF false AND NOT EXISTS"),
        ("IF pg_has_role", "IF false AND pg_has_role"),
        ("DO NOTHING", "DO UPDATE SET bound_by = excluded.bound_by"),
        ("bind_login.actor)", "'somebody')"),
    ),
}
