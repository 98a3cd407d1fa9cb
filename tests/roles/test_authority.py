"""The data of who may do what says everything, and nothing that is not there."""

from __future__ import annotations

import pytest

from outbox.store import Connection
from schemas.groups import GROUPS, OF_TENANTS, TOGETHER
from tests.roles.house import House

INTERNAL = {
    *("acts_as", "is_owner", "shard_of", "place"),
    *("scopes_of", "domain_of", "caps_on", "limits", "limited_by"),
    *("own_limits", "quiet_until", "turn_of", "wait_for_caps"),
    *("authority_refusal", "endorse", "add_document", "delegator_of", "is_other"),
    *("gate_refusal", "permit_refusal", "cross_over", "check_known", "said_in", "amount_in"),
    *("has_written", "is_enough", "is_deferred"),
    "policy_in_force",
    *("hmac", "new_secret", "keyed_address", "scrubbed", "without_addresses"),
    *("is_erased", "counts_until", "field_of", "shown"),
    *("is_name", "is_live", "is_shut_out", "record_account"),
    *("concerns", "escalates_to", "waits"),
    *("is_decoy", "is_drawn", "is_in_force", "free_key", "dwell_of", "time_open"),
    *("said_of", "count_decisions"),
    *("heed", "meet", "seal", "unseal", "tighten"),
}
"""Functions that only functions call; triggers are not listed."""


ONLY_READ = {
    *("sees", "moment", "suppressed", "needs_of", "is_of_tier", "lacking", "opened"),
    *("weighed", "judged", "is_first_word"),
}
"""Functions with the rights of whoever calls them."""


def named(db: Connection, query: str) -> set[str]:
    return {str(name) for (name,) in db.execute(query.encode()).fetchall()}


def test_every_function_is_somebodys_to_call_or_internal(db: Connection) -> None:
    functions = named(
        db,
        "SELECT proname FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace"
        " AND prorettype <> 'trigger'::regtype",
    )

    assert {call for group in GROUPS for call in group.calls} == functions - INTERNAL


def test_every_function_that_writes_has_the_owners_rights_and_looks_up_names_safely(
    db: Connection,
) -> None:
    loose = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace"
        " AND (NOT prosecdef OR NOT 'search_path=outbox, pg_temp' = ANY (proconfig))"
    )
    callable_by_somebody = {call for group in GROUPS for call in group.calls}

    assert callable_by_somebody & named(db, loose) == ONLY_READ


def test_every_table_of_an_intent_has_a_forced_policy(db: Connection) -> None:
    forced = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relrowsecurity"
    of_intents = (
        "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'outbox'::regnamespace AND relkind = 'r'"
        " AND NOT relispartition AND attname IN ('intent_id', 'receipt_id', 'tenant')"
    )

    assert named(db, forced) == set(OF_TENANTS)
    assert named(db, of_intents) <= set(OF_TENANTS)


def test_nobody_reads_a_partition_past_its_table(db: Connection) -> None:
    """The policies of rows are those of the table that somebody asks."""
    read = (
        "SELECT DISTINCT relname FROM pg_class, pg_roles WHERE relispartition"
        " AND relnamespace = 'outbox'::regnamespace AND rolname LIKE 'holdshort\\_%'"
        " AND rolname <> 'holdshort_owner'"
        " AND has_table_privilege(rolname, pg_class.oid, 'SELECT')"
    )

    assert named(db, read) == set()


def test_nobody_may_write_a_table(db: Connection) -> None:
    writing = (
        "SELECT DISTINCT grantee::text || privilege_type"
        " FROM information_schema.table_privileges WHERE table_schema = 'outbox'"
        " AND privilege_type <> 'SELECT' AND grantee <> 'holdshort_owner'"
    )

    assert named(db, writing) == set()


@pytest.mark.parametrize(
    ("functions", "group"),
    [
        (("approve", "revoke", "override", "defer", "take_up"), "reviewer"),
        (("claim_to_send", "permit", "settle", "renew", "put_back", "rest"), "sender"),
        (("flip", "arm", "set_cap", "lift_cap", "suppress", "bind_login"), "operator"),
        (("log_receipts", "keep_checkpoint"), "attester"),
        (("submit", "submit_each", "admit", "proposed", "hold_proposed", "told"), "agent"),
        (("lives_here", "standing"), "agent"),
        (("make_token", "revoke_token", "tokens"), "operator"),
        (("admit_person",), "console"),
        (("add_account", "set_password", "disable_account", "give_ticket"), "operator"),
        (("try_password", "open_session", "session_of", "use_ticket"), "console"),
        (("ask_device", "take_challenge", "add_passkey"), "console"),
    ],
)
def test_what_matters_is_in_the_hands_of_one_group(
    functions: tuple[str, ...], group: str
) -> None:
    for function in functions:
        callers = [one.name for one in GROUPS if function in one.calls]
        assert callers == [f"holdshort_{group}"], function


def test_an_agent_reads_nothing() -> None:
    [agent] = [group for group in GROUPS if group.name == "holdshort_agent"]

    assert agent.reads == ()


def test_nobody_reads_a_password_a_ticket_or_what_was_tried() -> None:
    read = {table for group in GROUPS for table in group.reads}

    assert read & {"password", "ticket", "password_try", "oidc_request"} == set()


def test_only_people_may_be_in_several_groups() -> None:
    [people] = TOGETHER

    assert people < {group.name for group in GROUPS}
    assert not {"holdshort_agent", "holdshort_sender"} & people


@pytest.mark.parametrize("role", [group.name.removeprefix("holdshort_") for group in GROUPS])
def test_a_login_reads_what_its_group_reads(house: House, role: str) -> None:
    [group] = [one for one in GROUPS if one.name == f"holdshort_{role}"]

    with house.connected(role) as connection:
        for table in group.reads:
            connection.execute(f"SELECT * FROM outbox.{table} LIMIT 1".encode())
