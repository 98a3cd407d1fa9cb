"""Statements about people that no rule of ours ever writes, and what refuses each."""

from __future__ import annotations

from typing import LiteralString

ACCOUNT: LiteralString = "INSERT INTO outbox.account (name, made_by) "
TICKET: LiteralString = "INSERT INTO outbox.ticket (hash, person, made_by, expires_at) "
SESSION: LiteralString = (
    "INSERT INTO outbox.session (hash, person, way, agent, fresh_at, idle, expires_at) "
)
_LATER: LiteralString = "now() + interval '1 minute')"
WRONG_PEOPLE: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("one_account_stands_for_one_name", ACCOUNT + "VALUES ('ADA', 'olga')"),
    *(
        ("an_account_is_of_a_name", ACCOUNT + f"VALUES ({name}, 'olga')")
        for name in ("''", "' x'", "E'a\\nb'", "repeat('x', 201)", "U&'A\\030A'")
    ),
    ("an_account_says_who_made_it", ACCOUNT + "VALUES ('x', '')"),
    (
        "an_account_says_who_made_it",
        "UPDATE outbox.account SET disabled_at = now(), disabled_by = ''",
    ),
    ("a_disabled_account_says_by_whom", "UPDATE outbox.account SET disabled_at = now()"),
    ("an_account_is_only_disabled", "UPDATE outbox.account SET name = 'eve'"),
    ("a_password_is_kept_as_argon2id", "UPDATE outbox.password SET hash = 'plain'"),
    ("a_ticket_is_kept_as_a_digest", TICKET + f"VALUES ('x', 'eve', 'olga', {_LATER}"),
    ("a_ticket_is_for_a_name", TICKET + f"VALUES (sha256('x'), '', 'olga', {_LATER}"),
    ("a_ticket_says_who_made_it", TICKET + f"VALUES (sha256('x'), 'eve', '', {_LATER}"),
    *(
        (
            "a_ticket_is_good_for_an_hour_at_most",
            TICKET + f"VALUES (sha256('x'), 'eve', 'olga', now() + interval '{time}')",
        )
        for time in ("61 minutes", "-1 minute")
    ),
    ("a_ticket_is_used_once", "UPDATE outbox.ticket SET person = 'eve'"),
    *(
        (rule, SESSION + f"VALUES ({hash}, {person}, {way}, {agent}, now(), '1 h', {ends})")
        for rule, hash, person, way, agent, ends in (
            *(
                ("a_session_is_kept_as_a_digest", "'x'", "'eve'", "'once'", "''", "now()"),
                ("a_session_is_of_a_name", "sha256('x')", "''", "'once'", "''", "now()"),
            ),
            (
                *("a_session_began_in_a_known_way", "sha256('x')", "'eve'"),
                *("'moon'", "''", "now()"),
            ),
            (
                *("a_session_says_little_of_its_browser", "sha256('x')", "'eve'"),
                *("'once'", "repeat('x', 101)", "now()"),
            ),
            (
                *("a_session_ends_within_a_month", "sha256('x')", "'eve'", "'once'", "''"),
                "now() + interval '32 days'",
            ),
            (
                *("a_session_ends_within_a_month", "sha256('x')", "'eve'", "'once'", "''"),
                "now() - interval '1 day'",
            ),
            (
                *("one_browser_holds_one_session", "sha256('a secret')", "'eve'", "'once'"),
                *("''", "now()"),
            ),
        )
    ),
    (
        "nobody_proves_who_they_are_ahead_of_time",
        "UPDATE outbox.session SET fresh_at = now() + interval '1 hour'",
    ),
    ("a_revoked_session_says_by_whom", "UPDATE outbox.session SET revoked_at = now()"),
    (
        "a_revoked_session_says_by_whom",
        "UPDATE outbox.session SET revoked_at = now(), revoked_by = ''",
    ),
    *(
        ("a_session_only_goes_on", f"UPDATE outbox.session SET {what}")
        for what in (
            "seen_at = seen_at - interval '1 s', fresh_at = fresh_at",
            "fresh_at = fresh_at - interval '1 s'",
            "person = 'eve'",
            "expires_at = expires_at + interval '1 s'",
        )
    ),
    (
        "a_tried_name_is_not_kept",
        "INSERT INTO outbox.password_try (name, address) VALUES ('ada', '')",
    ),
    ("a_request_is_kept_as_a_digest", "INSERT INTO outbox.oidc_request VALUES ('x', '/')"),
    *(
        ("history_is_only_added_to", act)
        for act in (
            "DELETE FROM outbox.account",
            "TRUNCATE outbox.account CASCADE",
            "DELETE FROM outbox.ticket",
            "TRUNCATE outbox.ticket",
            "DELETE FROM outbox.session",
            "TRUNCATE outbox.session",
        )
    ),
)
