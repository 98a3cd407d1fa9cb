-- Close what was not sent before its `not_after`.
CREATE FUNCTION outbox.expire(worker text, batch int) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH late AS MATERIALIZED (
        SELECT id FROM outbox.intent
         WHERE not_after IS NOT NULL AND not_after <= now()
           AND state IN ('submitted', 'scored', 'in_review', 'awaiting_approval', 'sent_back',
                         'approved')
         ORDER BY not_after LIMIT expire.batch FOR UPDATE SKIP LOCKED
    ), expired AS (
        UPDATE outbox.intent SET state = 'expired', moved_by = 'sweeper'
          FROM late WHERE intent.id = late.id
        RETURNING intent.id, intent.digest, intent.not_after
    )
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT id, 'expired', 'sweeper', expire.worker, digest,
           jsonb_build_object('not_after', not_after)
      FROM expired
    RETURNING intent_id;
END $$;
