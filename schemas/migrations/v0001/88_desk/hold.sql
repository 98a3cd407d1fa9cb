-- Look at an intent and keep everyone else from deciding on it meanwhile.  An agent sees
-- what it has proposed itself.
CREATE FUNCTION outbox.hold(wanted bigint) RETURNS TABLE (
    id bigint, state text, version int, digest text, channel text, approval_id bigint,
    moved_at timestamptz, now timestamptz, traceparent text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT id, state, version, digest, channel, approval_id, moved_at, now() AS now, traceparent
      FROM outbox.intent
     WHERE id = hold.wanted AND (login = session_user AND NOT outbox.is_decoy(id)
                                  OR outbox.acts_as('human'))
       FOR UPDATE;
END $$;
