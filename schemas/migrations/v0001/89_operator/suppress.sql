-- Let nothing leave to it.  The exclusive lock waits for the permits that are being given.
CREATE FUNCTION outbox.suppress(target text, reason text, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    RETURN QUERY
    INSERT INTO outbox.suppression (target, reason, set_by)
    VALUES (suppress.target, suppress.reason, suppress.actor)
    RETURNING id;
END $$;
