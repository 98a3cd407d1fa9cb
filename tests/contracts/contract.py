"""What the SQL contract has promised, word for word; docs/CONTRACTS.md says the same."""

from __future__ import annotations

from dataclasses import dataclass

_ONE = (
    "key text, producer text, channel text, content bytea,"
    " not_before timestamp with time zone DEFAULT NULL::timestamp with time zone,"
    " not_after timestamp with time zone DEFAULT NULL::timestamp with time zone,"
    " traceparent text DEFAULT NULL::text, tenant text DEFAULT NULL::text,"
    " OUT id bigint, OUT version integer, OUT digest text"
)
_EACH = (
    "keys text[], producers text[], channels text[], contents bytea[],"
    " not_befores timestamp with time zone[], not_afters timestamp with time zone[],"
    " traceparents text[], tenants text[]"
)
SIGNATURES = {
    "submit": (_ONE, "record"),
    "submit_each": (_EACH, "TABLE(id bigint, version integer, digest text)"),
    "standing": (
        "wanted bigint",
        "TABLE(state text, said text, version integer, digest text,"
        " moved_at timestamp with time zone)",
    ),
}
"""Arguments and result, as PostgreSQL prints them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is refused, and how."""

    what: str
    sqlstate: str
    constraint: str | None
    statement: str
    before: tuple[str, ...] = ()


def _submit(said: str) -> str:
    return f"SELECT * FROM outbox.submit({said})"


ERRORS = (
    Refusal(
        "the key names other bytes",
        "23505",
        "one_key_names_one_artifact",
        _submit("'k', 'p', 'email', '{\"a\": 1}'"),
        (_submit("'k', 'p', 'email', '{}'"),),
    ),
    Refusal(
        "a key of 0, or of more than 200 characters",
        "23514",
        "a_key_is_short_and_not_empty",
        _submit("'', 'p', 'email', '{}'"),
    ),
    Refusal(
        "`not_after` is not after `not_before`",
        "23514",
        "it_may_leave_before_it_must_not",
        _submit("'k', 'p', 'email', '{}', '2030-01-02', '2030-01-01'"),
    ),
    Refusal(
        "more than 20 MiB of content",
        "23514",
        "an_artifact_is_at_most_20_megabytes",
        _submit("'k', 'p', 'email', convert_to(repeat('x', 20971521), 'UTF8')"),
    ),
    Refusal(
        "no key, producer, channel or content",
        "23502",
        None,
        _submit("'k', NULL, 'email', '{}'"),
    ),
    Refusal(
        "a tenant that the login is not bound to",
        "42501",
        None,
        _submit("'k', 'p', 'email', '{}', tenant => 'other'"),
    ),
    Refusal(
        "anything that is not an agent's",
        "42501",
        None,
        "UPDATE outbox.switch SET outbound = true",
    ),
)
