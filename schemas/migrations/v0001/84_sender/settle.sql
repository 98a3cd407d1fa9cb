-- Keep the evidence of each, whatever became of its lease; move on if the lease is still ours.
-- A stranded intent may still be sent by its own attempt's late receipt, as long as no
-- person has decided.  Review voids the approval: it was spent, or must be given again.
-- The rows are locked first, in one order, so that receipts are numbered in the order of what
-- they tell.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.settle(
    ids bigint[], fences bigint[], digests text[], targets text[], kinds text[],
    evidences jsonb[], worker text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    wrong record;
BEGIN
    FOR wrong IN
        SELECT * FROM unnest(settle.targets, settle.kinds) AS said (target, kind)
         WHERE (target, kind) IN (('sent', 'sent'), ('in_review', 'refused'),
                                  ('stranded', 'stranded')) IS NOT TRUE
    LOOP
        RAISE EXCEPTION 'to settle as % is no receipt of %', wrong.target, wrong.kind
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_receipt_says_what_was_done';
    END LOOP;
    RETURN QUERY
    WITH told AS MATERIALIZED (
        SELECT * FROM unnest(settle.ids, settle.fences, settle.digests, settle.targets,
                             settle.kinds, settle.evidences) WITH ORDINALITY
            AS told (id, fence, digest, target, kind, evidence, place)
    ), held AS MATERIALIZED (
        SELECT id, fence FROM outbox.intent
         WHERE id = ANY (settle.ids) ORDER BY id FOR UPDATE
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT told.id, told.kind, 'sender', settle.worker, told.digest, told.fence,
               told.evidence || CASE WHEN held.fence IS DISTINCT FROM told.fence
                                   THEN '{"late": true}'::jsonb ELSE '{}' END
          FROM told JOIN held ON held.id = told.id ORDER BY told.place
        RETURNING id, intent_id, fence
    )
    UPDATE outbox.intent
       SET state = told.target, moved_by = 'sender', claims = 0, receipt_id = kept.id,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL,
           approval_id = CASE WHEN told.target <> 'in_review' THEN approval_id END,
           attempt_id = CASE WHEN told.target <> 'in_review' THEN attempt_id END
      FROM kept JOIN told ON told.id = kept.intent_id AND told.fence = kept.fence
     WHERE intent.id = told.id
       AND (intent.fence = told.fence
            OR intent.state = 'stranded' AND told.target = 'sent' AND EXISTS (
                SELECT FROM outbox.attempt
                 WHERE attempt.id = intent.attempt_id AND attempt.fence = told.fence))
    RETURNING intent.id;
END $$;
