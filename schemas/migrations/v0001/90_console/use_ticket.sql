-- Whom a ticket is for, once.  Of twenty at once, one finds it unused.
CREATE FUNCTION outbox.use_ticket(hash bytea) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.ticket SET used_at = now()
     WHERE hash = use_ticket.hash AND used_at IS NULL AND expires_at > now()
    RETURNING person;
END $$;
