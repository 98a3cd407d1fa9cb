-- What was proposed under this agent's name over this login, the newest first, with ids from
-- the first up to the last.  What it says is not told again, nor what others think of it.
CREATE FUNCTION outbox.proposed(token bytea, first bigint, last bigint, most int)
RETURNS TABLE (
    id bigint, key text, channel text, state text, version int, digest text,
    created_at timestamptz, moved_at timestamptz, not_before timestamptz,
    not_after timestamptz, now timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT mine.id, mine.idempotency_key, mine.channel, mine.state, mine.version,
           mine.digest, mine.created_at, mine.moved_at, mine.not_before, mine.not_after, now()
      FROM outbox.shown(proposed.token, 'agent') AS agent
      JOIN outbox.intent AS mine
        ON mine.producer = agent.name AND mine.tenant = agent.tenant
     WHERE mine.login = session_user
       AND mine.id BETWEEN proposed.first AND proposed.last
       AND NOT outbox.is_decoy(mine.id)
     ORDER BY mine.id DESC LIMIT proposed.most;
END $$;
