-- Set a cap.  The exclusive lock waits for the permits that are being given without it.
CREATE FUNCTION outbox.set_cap(
    scope text, name text, most bigint, seconds double precision, actor text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH alone AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
    )
    INSERT INTO outbox.cap (scope, name, most, span, set_by)
    SELECT set_cap.scope, set_cap.name, set_cap.most,
           make_interval(secs => set_cap.seconds), set_cap.actor
      FROM alone
    RETURNING id;
END $$;
