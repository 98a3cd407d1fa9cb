"""Statements about signatures that no rule of ours ever writes, and what refuses each."""

from __future__ import annotations

from typing import LiteralString

DOCUMENT: LiteralString = (
    "INSERT INTO outbox.document (kind, digest, content, signature, key, about)"
)
ENDORSEMENT: LiteralString = (
    "INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, document_id,"
    " document)"
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "a_document_is_of_a_known_kind",
        DOCUMENT + " VALUES ('wish', encode(sha256('x'), 'hex'), 'x', '', '', '')",
    ),
    (
        "a_digest_names_this_very_document",
        DOCUMENT + " VALUES ('approval', repeat('0', 64), 'x', '', '', '')",
    ),
    (
        "a_document_is_short",
        DOCUMENT + " SELECT 'approval', encode(sha256(x), 'hex'), x, '', '', ''"
        " FROM convert_to(repeat('x', 65537), 'UTF8') AS x",
    ),
    (
        "a_document_is_short",
        DOCUMENT + " SELECT 'approval', encode(sha256('x'), 'hex'), 'x', x, '', ''"
        " FROM convert_to(repeat('x', 8193), 'UTF8') AS x",
    ),
    (
        "a_person_endorses_an_approval_once",
        ENDORSEMENT + " SELECT approval_id, intent_id, ' ADA', false, NULL, NULL"
        " FROM outbox.endorsement",
    ),
    (
        "a_signature_is_used_once_for_an_intent",
        ENDORSEMENT + " SELECT approval_id, intent_id, 'eve', false, document_id, document"
        " FROM outbox.endorsement",
    ),
    (
        "an_endorsement_names_its_document",
        ENDORSEMENT + " SELECT approval_id, intent_id, 'eve', false, document_id, NULL"
        " FROM outbox.endorsement",
    ),
    (
        "an_approval_is_given_under_a_policy",
        "UPDATE outbox.approval SET policy = 0",
    ),
)
KEPT: tuple[LiteralString, ...] = (
    *("UPDATE outbox.document SET key = ''", "DELETE FROM outbox.document"),
    *("UPDATE outbox.endorsement SET approver = ''", "DELETE FROM outbox.endorsement"),
    *("TRUNCATE outbox.endorsement", "TRUNCATE outbox.document CASCADE"),
)
