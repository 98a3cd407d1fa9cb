-- Bring back into sight what somebody has deferred, before its time; no row if nobody has, or
-- if it is back already.
CREATE FUNCTION outbox.take_up(id bigint, actor text, role text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH taken AS (
        DELETE FROM outbox.deferral USING outbox.intent
         WHERE intent.id = take_up.id AND intent_id = intent.id
           AND outbox.is_deferred(intent.id, moved_at) AND take_up.role = 'human'
        RETURNING intent.id, intent.digest, until
    )
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT id, 'taken_up', take_up.role, take_up.actor, digest,
           jsonb_build_object('until', until)
      FROM taken
    RETURNING intent_id;
END $$;
