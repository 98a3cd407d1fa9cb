"""Statements about what is given in advance that no rule of ours ever writes."""

from __future__ import annotations

from typing import LiteralString

GRANT: LiteralString = (
    "INSERT INTO outbox.standing_grant (tenant, giver, channel, uses, not_before, expires_at,"
    " content, document, document_id, revoked_at, revoked_by)"
)
DELEGATION: LiteralString = (
    "INSERT INTO outbox.delegation (delegator, delegate, not_before, expires_at,"
    " content, document, document_id, revoked_at, revoked_by)"
)
DIGEST: LiteralString = "encode(sha256('x'), 'hex')"
USE: LiteralString = (
    "INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, grant_id, use,"
    " uses) SELECT approval_id, intent_id, 'eve', false, grant_id, {}"
    " FROM outbox.endorsement LIMIT 1"
)
PLACE: LiteralString = (
    "INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, delegation_id,"
    " delegator) SELECT approval_id, intent_id, 'eve', false, {} FROM outbox.endorsement"
    " LIMIT 1"
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "a_grant_is_given_once",
        GRANT + " SELECT tenant, giver, channel, uses, not_before, expires_at, content,"
        " document, document_id, NULL, NULL FROM outbox.standing_grant",
    ),
    (
        "a_grant_ends",
        GRANT + " VALUES ('t', 'a', 'c', 1, now(), now(), 'x', " + DIGEST + ","
        " NULL, NULL, NULL)",
    ),
    (
        "a_digest_names_this_very_grant",
        GRANT + " VALUES ('t', 'a', 'c', 1, now(), 'infinity', 'y', " + DIGEST + ","
        " NULL, NULL, NULL)",
    ),
    (
        "a_grant_names_its_document",
        GRANT + " VALUES ('t', 'a', 'c', 1, now(), 'infinity', 'x', " + DIGEST + ","
        " 1, NULL, NULL)",
    ),
    (
        "a_revoked_grant_names_a_person",
        GRANT + " VALUES ('t', 'a', 'c', 1, now(), 'infinity', 'x', " + DIGEST + ","
        " NULL, now(), NULL)",
    ),
    (
        "a_revoked_grant_names_a_person",
        GRANT + " VALUES ('t', 'a', 'c', 1, now(), 'infinity', 'x', " + DIGEST + ","
        " NULL, now(), '')",
    ),
    (
        "a_delegation_is_given_once",
        DELEGATION + " SELECT delegator, delegate, not_before, expires_at, content,"
        " document, document_id, NULL, NULL FROM outbox.delegation",
    ),
    (
        "a_delegation_ends",
        DELEGATION + " VALUES ('a', 'b', now(), now(), 'x', " + DIGEST + ", NULL, NULL, NULL)",
    ),
    (
        "nobody_delegates_to_themselves",
        DELEGATION + " VALUES ('a', ' A', now(), 'infinity', 'x', " + DIGEST + ","
        " NULL, NULL, NULL)",
    ),
    (
        "a_digest_names_this_very_delegation",
        DELEGATION + " VALUES ('a', 'b', now(), 'infinity', 'y', " + DIGEST + ","
        " NULL, NULL, NULL)",
    ),
    (
        "a_delegation_names_its_document",
        DELEGATION + " VALUES ('a', 'b', now(), 'infinity', 'x', " + DIGEST + ","
        " 1, NULL, NULL)",
    ),
    (
        "a_revoked_delegation_names_a_person",
        DELEGATION + " VALUES ('a', 'b', now(), 'infinity', 'x', " + DIGEST + ","
        " NULL, now(), NULL)",
    ),
    (
        "a_revoked_delegation_names_a_person",
        DELEGATION + " VALUES ('a', 'b', now(), 'infinity', 'x', " + DIGEST + ","
        " NULL, now(), '')",
    ),
    ("each_use_of_a_grant_is_counted_once", USE.format("use, uses")),
    ("a_grant_is_used_no_more_often_than_it_says", USE.format("uses + 1, uses")),
    ("a_grant_is_used_no_more_often_than_it_says", USE.format("0, uses")),
    ("a_grant_is_used_no_more_often_than_it_says", USE.format("NULL, uses")),
    ("a_use_is_of_a_standing_grant", USE.format("uses + 1, uses + 1")),
    (
        "a_use_is_of_a_standing_grant",
        "INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, uses)"
        " SELECT approval_id, intent_id, 'eve', false, uses FROM outbox.endorsement LIMIT 1",
    ),
    ("a_delegate_names_the_delegator", PLACE.format("1, NULL")),
    ("a_delegate_names_the_delegator", PLACE.format("NULL, 'ada'")),
    ("endorsement_delegation_id_fkey", PLACE.format("1000, 'zoe'")),
    ("what_was_given_is_only_revoked", "UPDATE outbox.standing_grant SET uses = 9"),
    ("what_was_given_is_only_revoked", "UPDATE outbox.delegation SET delegate = 'eve'"),
)
KEPT: tuple[LiteralString, ...] = (
    *("DELETE FROM outbox.standing_grant", "TRUNCATE outbox.standing_grant CASCADE"),
    *("DELETE FROM outbox.delegation", "TRUNCATE outbox.delegation CASCADE"),
)
