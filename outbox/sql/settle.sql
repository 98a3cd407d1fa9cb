-- Keep the evidence, whatever became of the lease; move on if the lease is still ours.
-- A stranded intent may still be sent by its own attempt's late receipt, as long as no
-- person has decided.  Review voids the approval: it was spent, or must be given again.
-- The row is locked first, so that receipts are numbered in the order of what they tell.
WITH held AS MATERIALIZED (
    SELECT id, fence FROM outbox.intent WHERE id = %(id)s FOR UPDATE
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
    SELECT id, %(kind)s, %(role)s, %(worker)s, %(digest)s, %(fence)s,
           %(evidence)s || CASE WHEN held.fence IS DISTINCT FROM %(fence)s::bigint
                                THEN '{"late": true}'::jsonb ELSE '{}' END
      FROM held
    RETURNING id
)
UPDATE outbox.intent
   SET state = %(target)s, moved_by = %(role)s, claims = 0, receipt_id = kept.id,
       fence = NULL, leased_by = NULL, lease_expires_at = NULL,
       approval_id = CASE WHEN %(target)s <> 'in_review' THEN approval_id END,
       attempt_id = CASE WHEN %(target)s <> 'in_review' THEN attempt_id END
  FROM kept
 WHERE intent.id = %(id)s
   AND (intent.fence = %(fence)s
        OR intent.state = 'stranded' AND %(target)s = 'sent' AND EXISTS (
            SELECT FROM outbox.attempt
             WHERE attempt.id = intent.attempt_id AND attempt.fence = %(fence)s))
RETURNING intent.id
