-- Keep everyone else from deciding on an intent that was proposed under this agent's name over
-- this login; no row for any other.
CREATE FUNCTION outbox.hold_proposed(token bytea, wanted bigint) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT mine.id
      FROM outbox.shown(hold_proposed.token, 'agent') AS agent
      JOIN outbox.intent AS mine
        ON mine.producer = agent.name AND mine.tenant = agent.tenant
     WHERE mine.login = session_user AND mine.id = hold_proposed.wanted
       AND NOT outbox.is_decoy(mine.id)
       FOR UPDATE OF mine;
END $$;
