-- End what stands of these sessions: one, or those of a person, or those but one, or those of
-- one way.  Gives back which.  Nobody ends everybody's by leaving everything out.
CREATE FUNCTION outbox.end_sessions(
    actor text, id bigint DEFAULT NULL, person text DEFAULT NULL, but bigint DEFAULT NULL,
    way text DEFAULT NULL
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.session
       SET revoked_at = clock_timestamp(), revoked_by = end_sessions.actor
     WHERE revoked_at IS NULL AND expires_at > now()
       AND num_nonnulls(end_sessions.id, end_sessions.person) > 0
       AND (end_sessions.id IS NULL OR id = end_sessions.id)
       AND (end_sessions.person IS NULL OR lower(person) = lower(end_sessions.person))
       AND (end_sessions.but IS NULL OR id <> end_sessions.but)
       AND (end_sessions.way IS NULL OR way = end_sessions.way)
    RETURNING id;
END $$;
