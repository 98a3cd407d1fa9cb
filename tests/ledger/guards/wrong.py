"""Statements that no rule of ours ever writes, and the constraint that refuses each."""

from __future__ import annotations

from typing import LiteralString

NO_LEASE: LiteralString = "fence = NULL, leased_by = NULL, lease_expires_at = NULL"
ATTEMPT: LiteralString = "INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
APPROVAL: LiteralString = (
    "INSERT INTO outbox.approval (intent_id, version, digest, manifest, manifest_digest,"
    " approver, policy, expires_at)"
)
SOME_MANIFEST: LiteralString = "'x', encode(sha256('x'), 'hex'), "
ARTIFACT: LiteralString = (
    "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)"
)
SCORE: LiteralString = (
    "INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,"
    " confidence, reasons)"
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "only_legal_moves",
        "UPDATE outbox.intent SET state = 'approved', moved_by = 'sweeper', "
        + NO_LEASE
        + " WHERE state = 'releasing'",
    ),
    (
        "only_legal_moves",
        "UPDATE outbox.intent SET state = 'approved' WHERE state = 'approved'",
    ),
    (
        "a_lease_is_whole_and_only_where_leased",
        "UPDATE outbox.intent SET leased_by = 'eve' WHERE state = 'approved'",
    ),
    (
        "a_lease_is_whole_and_only_where_leased",
        "UPDATE outbox.intent SET fence = NULL WHERE state = 'releasing'",
    ),
    (
        "nothing_leaves_unapproved",
        "UPDATE outbox.intent SET approval_id = NULL WHERE state = 'approved'",
    ),
    (
        "a_new_look_voids_the_approval",
        "UPDATE outbox.intent SET approval_id = a.id FROM outbox.approval a"
        " WHERE state = 'in_review' AND a.intent_id = intent.id",
    ),
    (
        "nothing_leaves_without_a_permit",
        "UPDATE outbox.intent SET attempt_id = NULL WHERE state = 'releasing'",
    ),
    (
        "sent_means_receipted",
        "UPDATE outbox.intent SET state = 'sent', moved_by = 'sender', "
        + NO_LEASE
        + " WHERE state = 'releasing'",
    ),
    (
        "one_key_names_one_intent",
        "INSERT INTO outbox.intent (idempotency_key, producer, channel, state, moved_by,"
        " digest) SELECT idempotency_key, producer, channel, 'submitted', 'agent', digest"
        " FROM outbox.intent WHERE state = 'submitted'",
    ),
    (
        "a_key_is_short_and_not_empty",
        "UPDATE outbox.intent SET idempotency_key = '' WHERE state = 'submitted'",
    ),
    (
        "it_may_leave_before_it_must_not",
        "UPDATE outbox.intent SET not_after = not_before WHERE state = 'submitted'",
    ),
    (
        "an_intent_names_its_own_artifact",
        "UPDATE outbox.intent SET digest = repeat('0', 64) WHERE state = 'submitted'",
    ),
    (
        "approval_is_for_these_very_bytes",
        "UPDATE outbox.intent SET approval_id = a.id FROM outbox.approval a"
        " WHERE state = 'approved' AND a.intent_id <> intent.id",
    ),
    (
        "the_attempt_spent_this_approval",
        "UPDATE outbox.intent SET attempt_id = a.id FROM outbox.attempt a"
        " WHERE state = 'approved' AND a.intent_id <> intent.id",
    ),
    (
        "a_receipt_is_of_this_intent",
        "UPDATE outbox.intent SET receipt_id = r.id FROM outbox.receipt r"
        " WHERE state = 'approved' AND r.intent_id <> intent.id",
    ),
    (
        "a_digest_names_these_very_bytes",
        ARTIFACT + " SELECT id, 9, repeat('0', 64), sha256('x'), 'x', 'eve' FROM outbox.intent",
    ),
    (
        "a_score_is_of_these_very_bytes",
        SCORE + " SELECT id, 1, repeat('0', 64), 0, 'eve', '1', 1, '[]' FROM outbox.intent"
        " WHERE state = 'submitted'",
    ),
    (
        "a_scorer_scores_once_under_a_fence",
        SCORE + " SELECT intent_id, version, digest, fence, scorer, '1', 1, '[]'"
        " FROM outbox.score",
    ),
    (
        "a_score_costs_so_many_dollars",
        "INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,"
        " confidence, reasons, cost)"
        " SELECT id, version, digest, 0, 'eve', '1', 1, '[]', 'NaN' FROM outbox.intent"
        " WHERE state = 'submitted'",
    ),
    (
        "what_was_found_is_said_in_short_words",
        "INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,"
        " confidence, reasons, kinds)"
        " SELECT id, version, digest, 0, 'eve', '1', 1, '[]', '{Dear Ada}' FROM outbox.intent"
        " WHERE state = 'submitted'",
    ),
    (
        "a_confidence_is_between_0_and_1",
        SCORE + " SELECT id, version, digest, 0, 'eve', '1', 'NaN', '[]' FROM outbox.intent"
        " WHERE state = 'submitted'",
    ),
    (
        "an_approval_names_a_person",
        APPROVAL + " SELECT id, version, digest, " + SOME_MANIFEST + "'', 1, now() + '1 hour'"
        " FROM outbox.intent",
    ),
    (
        "an_approval_expires",
        APPROVAL + " SELECT id, version, digest, " + SOME_MANIFEST + "'eve', 1, now()"
        " FROM outbox.intent",
    ),
    (
        "a_digest_names_this_very_manifest",
        "UPDATE outbox.approval SET manifest_digest = repeat('0', 64)",
    ),
    (
        "a_revocation_names_a_person",
        "UPDATE outbox.approval SET revoked_at = now()",
    ),
    (
        "approval_is_for_these_very_bytes",
        APPROVAL + " SELECT id, version, repeat('0', 64), " + SOME_MANIFEST + "'eve', 1,"
        " now() + '1 hour'"
        " FROM outbox.intent",
    ),
    (
        "an_approval_is_spent_by_one_attempt",
        ATTEMPT + " SELECT intent_id, approval_id, 0, 'eve' FROM outbox.attempt",
    ),
    (
        "a_fence_crosses_once",
        ATTEMPT + " SELECT a.intent_id, a.id, t.fence, 'eve' FROM outbox.attempt t,"
        " outbox.approval a WHERE a.id <> t.approval_id LIMIT 1",
    ),
)
"""Which rule refuses which statement."""
