-- Keep what a destination has told of a stranded attempt.  It decides nothing: it is evidence
-- for the person who does.
CREATE FUNCTION outbox.look_up(id bigint, worker text, evidence jsonb) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT intent.id, 'looked_up', 'sender', look_up.worker, digest, look_up.evidence
      FROM outbox.intent WHERE intent.id = look_up.id AND state = 'stranded' FOR UPDATE
    RETURNING intent_id;
END $$;
