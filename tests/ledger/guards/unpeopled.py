"""What is taken out of who may sign in, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNDELETED, UNTRUNCATED

STAY: Changes = (UNDELETED, UNTRUNCATED)
DIGEST = ("octet_length(hash) = 32", "true")
NAMED = ("outbox.is_name(person)", "true")

PEOPLE: dict[str, Changes] = {
    "people/is_name.sql": (
        ("name = btrim(name) AND ", ""),
        ("name IS NFC NORMALIZED AND ", ""),
        (" AND name !~ '[[:cntrl:]]'", ""),
        ("BETWEEN 1 AND 200", "<= 200"),
        ("BETWEEN 1 AND 200", ">= 1"),
    ),
    "people/account.sql": (
        ("outbox.is_name(name)", "true"),
        ("made_by <> '' AND ", ""),
        (" AND disabled_by <> ''", ""),
        ("(disabled_at IS NULL) = (disabled_by IS NULL)", "true"),
    ),
    "people/one_account_stands_for_one_name.sql": (
        ("lower(name), disabled_at", "name, disabled_at"),
        ("lower(name), disabled_at", "lower(name)"),
        ("NULLS NOT DISTINCT", "NULLS DISTINCT"),
    ),
    "people/password.sql": (("hash LIKE '$argon2id$v=19$%'", "true"),),
    "people/ticket.sql": (
        *(DIGEST, NAMED, ("made_by <> ''", "true")),
        ("BETWEEN made_at AND made_at + interval '1 hour'", ">= made_at"),
        ("BETWEEN made_at AND", "<="),
    ),
    "people/session.sql": (
        *(DIGEST, NAMED, ("UNIQUE (hash)", "UNIQUE (hash, id)")),
        ("way IN ('once'", "way IN (way, 'once'"),
        ("length(agent) <= 100", "true"),
        ("BETWEEN began_at AND began_at + interval '31 days'", ">= began_at"),
        ("BETWEEN began_at AND", "<="),
        ("fresh_at <= seen_at", "true"),
        ("(revoked_at IS NULL) = (revoked_by IS NULL) AND ", ""),
        (" AND revoked_by <> ''", ""),
    ),
    "people/password_try.sql": (("octet_length(name) = 4", "true"),),
    "people/oidc_request.sql": (DIGEST, ("'10 minutes'", "'10 hours'")),
    "people/is_shut_out.sql": (
        ("bool_and", "bool_or"),
        ("lower(name) = lower(person)", "name = person"),
        ("IS TRUE", "IS NOT FALSE"),
    ),
    "people/is_live.sql": (
        ("one.revoked_at IS NULL AND ", ""),
        ("one.expires_at > now() AND ", ""),
        ("one.seen_at + one.idle > now()", "true"),
        ("NOT outbox.is_shut_out(one.person)", "true"),
    ),
    "people/accounts_are_only_disabled.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "people/tickets_are_only_used.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF hash"),),
    "people/only_go_on.sql": (
        ("OLD.revoked_at IS NOT NULL", "false"),
        ("NEW.seen_at < OLD.seen_at", "false"),
        ("NEW.fresh_at < OLD.fresh_at", "false"),
        ("to_jsonb(NEW) - told <> to_jsonb(OLD) - told", "false"),
        ("CONSTRAINT = TG_NAME", "CONSTRAINT = 'x'"),
    ),
    "people/sessions_only_go_on.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "people/record_account.sql": (
        ("'human', actor", "'human', 'somebody'"),
        ("'account', name", "'account', 'somebody'"),
        ("'change', change", "'change', 'something'"),
    ),
    "people/end_sessions.sql": (
        ("revoked_at IS NULL AND ", ""),
        (" AND expires_at > now()", ""),
        ("num_nonnulls(end_sessions.id, end_sessions.person) > 0", "true"),
        ("end_sessions.id IS NULL OR id = end_sessions.id", "true"),
        ("end_sessions.person IS NULL OR lower(person)", "true OR lower(person)"),
        ("lower(person) = lower(end_sessions.person)", "person = end_sessions.person"),
        ("end_sessions.but IS NULL OR id <> end_sessions.but", "true"),
        ("end_sessions.way IS NULL OR way = end_sessions.way", "true"),
        ("revoked_by = end_sessions.actor", "revoked_by = 'somebody'"),
    ),
    **{f"history/{what}_stay.sql": STAY for what in ("accounts", "sessions", "tickets")},
    "operator/add_account.sql": (
        ("(add_account.name, add_account.actor)", "(add_account.name, 'somebody')"),
        ("SELECT id, add_account.hash", "SELECT id, '$argon2id$v=19$'"),
        ("'added', add_account.actor", "'added', 'somebody'"),
    ),
    "operator/set_password.sql": (
        (" AND disabled_at IS NULL", ""),
        ("lower(name) = lower(set_password.name)", "name = set_password.name"),
        ("SET hash = set_password.hash,", "SET hash = hash,"),
        ("WHERE account_id = found.id", ""),
        (", way => 'password'", ""),
        (
            "PERFORM outbox.end_sessions(set_password.actor, person => found.name,"
            " way => 'password')",
            "NULL",
        ),
        ("'password', set_password.actor", "'password', 'somebody'"),
        ("end_sessions(set_password.actor", "end_sessions('somebody'"),
    ),
    "operator/disable_account.sql": (
        ("AND disabled_at IS NULL;", ";"),
        ("lower(name) = lower(disable_account.name)", "name = disable_account.name"),
        ("NOT outbox.is_shut_out(disable_account.name)", "true"),
        ("lower(person) = lower(disable_account.name)", "true"),
        ("lower(person) = lower(disable_account.name)", "person = disable_account.name"),
        ("end_sessions(disable_account.actor, person", "end_sessions('somebody', person"),
        ("'disabled', disable_account.actor", "'disabled', 'somebody'"),
    ),
    "operator/give_ticket.sql": (
        ("give_ticket.hash, give_ticket.person", "give_ticket.hash, 'somebody'"),
        ("give_ticket.person, give_ticket.actor", "give_ticket.person, 'somebody'"),
        ("now() + give_ticket.good_for", "now() + interval '1 hour'"),
        ("'ticket', give_ticket.actor", "'ticket', 'somebody'"),
    ),
    "console/try_password.sql": (
        ("IN SHARE ROW EXCLUSIVE MODE", "IN ROW EXCLUSIVE MODE"),
        ("LOCK TABLE outbox.password_try", "LOCK TABLE outbox.lease"),
        ("at <= now() - interval '15 minutes'", "false"),
        ("at <= now() - interval '15 minutes'", "true"),
        ("FILTER (WHERE name = named) >= 10", ">= 100"),
        ("FILTER (WHERE name = named)", ""),
        (">= 10", ">= 9"),
        (">= 10", ">= 11"),
        ("FILTER (WHERE address = try_password.address) >= 30", ">= 100"),
        ("FILTER (WHERE address = try_password.address)", ""),
        (">= 30", ">= 29"),
        (">= 30", ">= 31"),
        ("lower(try_password.name), 'UTF8'", "try_password.name, 'UTF8'"),
        ("lower(account.name) = lower(try_password.name)", "account.name = try_password.name"),
        ("AND disabled_at IS NULL", ""),
        ("(named, try_password.address)", "(named, 'somewhere')"),
    ),
    "console/open_session.sql": (
        ("hash = open_session.replaces", "false"),
        ("hash = open_session.replaces", "hash <> open_session.hash"),
        ("id = open_session.passed", "true"),
        ("id = open_session.passed", "false"),
        ("least(open_session.fresh_at, now())", "open_session.fresh_at"),
        ("least(open_session.fresh_at, now())", "now()"),
        ("NOT outbox.is_shut_out(open_session.person)", "true"),
    ),
    "console/use_ticket.sql": (
        (" AND used_at IS NULL", ""),
        (" AND expires_at > now()", ""),
        ("hash = use_ticket.hash AND ", ""),
    ),
    "console/session_of.sql": (
        (" AND outbox.is_live(one)", ""),
        ("one.hash = session_of.hash AND ", ""),
        ("least(interval '1 minute', one.idle / 4)", "interval '1 minute'"),
        ("least(interval '1 minute', one.idle / 4)", "one.idle / 4"),
    ),
    "console/see_session.sql": (
        (" AND outbox.is_live(one)", ""),
        ("id = see_session.id AND ", ""),
        ("WHEN see_session.fresh THEN", "WHEN true THEN"),
        ("WHEN see_session.fresh THEN", "WHEN false THEN"),
        ("seen_at = greatest(seen_at, now())", "seen_at = seen_at"),
    ),
    "console/begin_oidc.sql": (
        (" WHERE expires_at <= now()", ""),
        ("expires_at <= now()", "false"),
        ("begin_oidc.next)", "'/')"),
    ),
    "console/end_oidc.sql": (
        (" AND expires_at > now()", ""),
        ("hash = end_oidc.hash AND ", ""),
    ),
}
