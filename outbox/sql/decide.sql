-- Record a decision and move the intent where it leads.  A new look voids the approval.
WITH kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (%(id)s, %(kind)s, %(role)s, %(actor)s, %(digest)s, %(evidence)s)
    RETURNING id
)
UPDATE outbox.intent
   SET state = %(target)s, moved_by = %(role)s, claims = 0, receipt_id = kept.id,
       approval_id = CASE WHEN %(target)s <> 'in_review' THEN approval_id END,
       attempt_id = CASE WHEN %(target)s <> 'in_review' THEN attempt_id END
  FROM kept WHERE intent.id = %(id)s
