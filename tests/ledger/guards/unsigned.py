"""What is taken out of the keeping of signatures, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

SIGNED: dict[str, Changes] = {
    "authority/document.sql": (
        (
            "kind IN ('approval', 'grant', 'delegation', 'enrolment', 'revocation', 'policy')",
            "true",
        ),
        ("digest = encode(sha256(content), 'hex')", "true"),
        ("octet_length(content) <= 65536 AND ", ""),
        (" AND octet_length(signature) <= 8192", ""),
    ),
    "authority/endorsement.sql": (
        ("UNIQUE (approval_id, person)", "UNIQUE (approval_id, id)"),
        ("lower(btrim(approver))", "approver"),
        ("UNIQUE (intent_id, document)", "UNIQUE (intent_id, id)"),
        ("(id, digest) MATCH FULL", "(id, digest)"),
    ),
    "authority/authority_refusal.sql": (
        ("word.kind = 'revocation' AND ", ""),
        ("IN (document.key, document.digest)", "IN (document.key)"),
        ("IN (document.key, document.digest)", "IN (document.digest)"),
        ("word.about WHEN document.key", "word.about WHEN document.digest"),
        ("WHERE endorsement.approval_id = given", "WHERE true"),
    ),
    "authority/endorse.sql": (
        ("least(expires_at, now() + endorse.valid_for)", "expires_at"),
        ("greatest(held_until, nullif(now() + endorse.hold, now()))", "held_until"),
        ("AND policy = ruling.revision", ""),
        ("AND revoked_at IS NULL", ""),
        (" AND expires_at > now()", ""),
        ("AND outbox.lacking(one, ruling.document) > 0", ""),
        ("endorse.wrote, endorse.document,", "endorse.wrote, NULL,"),
        ("VALUES (given.id, endorse.id, endorse.actor", "VALUES (given.id, endorse.id, 'x'"),
    ),
    "desk/approve.sql": (
        ("ELSE 'endorsed' END", "ELSE 'approved' END"),
        ("WHERE missing = 0 AND ", "WHERE "),
        ("RETURN missing;\nEND $$", "RETURN 0;\nEND $$"),
        ("'missing', nullif(missing, 0), ", ""),
        ("nullif(missing, 0)", "missing"),
        ("'document', signed.digest,", ""),
        ("'key', signed.key", "'key', NULL"),
    ),
    "desk/keep_document.sql": (
        ("IF NOT FOUND", "IF true"),
        ("add_document('approval'", "add_document('enrolment'"),
        ("AND key = keep_document.key", ""),
    ),
    "operator/declare.sql": (
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("declare.key, declare.evidence", "'somebody', declare.evidence"),
        ("declare.role", "'agent'"),
        ("declare.signature, declare.key, declare.about", "'', 'x', declare.about"),
    ),
    "sender/permit_refusal.sql": (
        ("(SELECT reason FROM outbox.authority_refusal(leave.id) AS reason)", "NULL"),
    ),
    "intents/approval.sql": (
        ("FOREIGN KEY (policy) REFERENCES outbox.policy (revision)", "CHECK (true)"),
    ),
    "history/document_is_only_added_to.sql": (UNCHANGED, UNDELETED),
    "history/endorsement_is_only_added_to.sql": (UNCHANGED, UNDELETED, UNTRUNCATED),
}
