-- Let whoever shows the token with this hash in; say under which id.
CREATE FUNCTION outbox.make_token(
    hash bytea, kind text, name text, tenant text, valid_for interval, actor text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    INSERT INTO outbox.token (hash, kind, name, tenant, made_by, expires_at)
    VALUES (make_token.hash, make_token.kind, make_token.name, make_token.tenant,
            make_token.actor, now() + make_token.valid_for)
    RETURNING id;
END $$;
