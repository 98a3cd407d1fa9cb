-- Let nothing leave to it.  The exclusive lock waits for the permits that are being given.
CREATE FUNCTION outbox.suppress(target text, reason text, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH alone AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
    )
    INSERT INTO outbox.suppression (target, reason, set_by)
    SELECT suppress.target, suppress.reason, suppress.actor FROM alone
    RETURNING id;
END $$;
