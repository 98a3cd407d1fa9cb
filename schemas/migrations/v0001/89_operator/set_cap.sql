-- Set a cap.  The exclusive lock waits for the permits that are being given without it.
CREATE FUNCTION outbox.set_cap(
    scope text, name text, most bigint, seconds double precision, actor text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    RETURN QUERY
    INSERT INTO outbox.cap (scope, name, most, span, set_by)
    VALUES (set_cap.scope, set_cap.name, set_cap.most,
            make_interval(secs => set_cap.seconds), set_cap.actor)
    RETURNING id;
END $$;
