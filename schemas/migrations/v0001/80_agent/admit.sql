-- As whom, and for which tenant, whoever shows this agent's token proposes; no row for others.
CREATE FUNCTION outbox.admit(token bytea) RETURNS TABLE (producer text, tenant text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT agent.name, agent.tenant FROM outbox.shown(admit.token, 'agent') AS agent
     WHERE agent.id IS NOT NULL;
END $$;
