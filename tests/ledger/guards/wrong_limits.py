"""Statements about limits that no rule of ours ever writes, and what refuses each."""

from __future__ import annotations

from typing import LiteralString

CAP: LiteralString = "INSERT INTO outbox.cap (scope, name, most, span, set_by)"
WRONG_CAPS: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("one_cap_stands_for_one_window", CAP + " VALUES ('everything', '', 9, '1 hour', 'eve')"),
    ("a_cap_is_of_a_known_scope", CAP + " VALUES ('moon', '', 1, '1 hour', 'eve')"),
    ("everything_has_no_name", CAP + " VALUES ('everything', 'x', 1, '1 hour', 'eve')"),
    ("a_cap_counts_in_a_window", CAP + " VALUES ('channel', '', 0, '1 hour', 'eve')"),
    ("a_cap_counts_in_a_window", CAP + " VALUES ('channel', '', 1, '0', 'eve')"),
    ("a_cap_names_a_person", CAP + " VALUES ('channel', '', 1, '1 hour', '')"),
    ("a_cap_names_a_person", "UPDATE outbox.cap SET lifted_at = now(), lifted_by = ''"),
    ("a_lifted_cap_says_by_whom", "UPDATE outbox.cap SET lifted_at = now()"),
    ("a_limit_is_only_lifted", "UPDATE outbox.cap SET most = 1000"),
    (
        "a_recipient_is_of_an_artifact",
        "INSERT INTO outbox.recipient VALUES (1000, 1, 'a@b.example', 'b.example')",
    ),
    *(
        ("history_is_only_added_to", act)
        for act in (
            "DELETE FROM outbox.cap",
            "TRUNCATE outbox.cap",
            "UPDATE outbox.recipient SET version = 2",
            "DELETE FROM outbox.recipient",
            "TRUNCATE outbox.recipient",
            "UPDATE outbox.counted SET name = 'x'",
            "DELETE FROM outbox.counted",
            "TRUNCATE outbox.counted",
        )
    ),
)
SUPPRESS: LiteralString = "INSERT INTO outbox.suppression (target, reason, set_by)"
WRONG_SUPPRESSIONS: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("a_target_is_suppressed_once", SUPPRESS + " VALUES ('x.example', 'because', 'eve')"),
    ("a_suppression_says_why", SUPPRESS + " VALUES ('y.example', '', 'eve')"),
    ("a_suppression_names_a_person", SUPPRESS + " VALUES ('y.example', 'because', '')"),
    (
        "a_suppression_names_a_person",
        "UPDATE outbox.suppression SET lifted_at = now(), lifted_by = ''",
    ),
    ("a_lifted_suppression_says_by_whom", "UPDATE outbox.suppression SET lifted_at = now()"),
    ("a_limit_is_only_lifted", "UPDATE outbox.suppression SET target = 'y.example'"),
    ("history_is_only_added_to", "DELETE FROM outbox.suppression"),
    ("history_is_only_added_to", "TRUNCATE outbox.suppression"),
)
