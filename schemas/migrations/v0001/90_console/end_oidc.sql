-- Where who has come back wanted to go, once.
CREATE FUNCTION outbox.end_oidc(hash bytea) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    DELETE FROM outbox.oidc_request WHERE hash = end_oidc.hash AND expires_at > now()
    RETURNING next;
END $$;
