-- Keep the evidence, whatever became of the lease; move on if the lease is still ours.
-- A stranded intent may still be sent by its own attempt's late receipt, as long as no
-- person has decided.  Review voids the approval: it was spent, or must be given again.
-- The row is locked first, so that receipts are numbered in the order of what they tell.
CREATE FUNCTION outbox.settle(
    id bigint, fence bigint, worker text, digest text, target text, role text, kind text,
    evidence jsonb
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF (settle.target, settle.kind) NOT IN (
        ('sent', 'sent'), ('in_review', 'refused'), ('stranded', 'stranded')) THEN
        RAISE EXCEPTION 'to settle as % is no receipt of %', settle.target, settle.kind
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_receipt_says_what_was_done';
    END IF;
    RETURN QUERY
    WITH held AS MATERIALIZED (
        SELECT id, fence FROM outbox.intent WHERE id = settle.id FOR UPDATE
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, settle.kind, settle.role, settle.worker, settle.digest, settle.fence,
               settle.evidence || CASE WHEN held.fence IS DISTINCT FROM settle.fence
                                    THEN '{"late": true}'::jsonb ELSE '{}' END
          FROM held
        RETURNING id
    )
    UPDATE outbox.intent
       SET state = settle.target, moved_by = settle.role, claims = 0, receipt_id = kept.id,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL,
           approval_id = CASE WHEN settle.target <> 'in_review' THEN approval_id END,
           attempt_id = CASE WHEN settle.target <> 'in_review' THEN attempt_id END
      FROM kept
     WHERE intent.id = settle.id
       AND (intent.fence = settle.fence
            OR intent.state = 'stranded' AND settle.target = 'sent' AND EXISTS (
                SELECT FROM outbox.attempt
                 WHERE attempt.id = intent.attempt_id AND attempt.fence = settle.fence))
    RETURNING intent.id;
END $$;
