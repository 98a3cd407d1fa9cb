-- Every token, the newest first, but not its hash: who has that may act as if it were shown.
CREATE FUNCTION outbox.tokens() RETURNS TABLE (
    id bigint, kind text, name text, tenant text, made_by text, made_at timestamptz,
    expires_at timestamptz, revoked_at timestamptz, revoked_by text, used_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT token.id, kind, name, tenant, made_by, made_at, expires_at, revoked_at, revoked_by,
           used_at
      FROM outbox.token LEFT JOIN outbox.token_use ON token_id = token.id
     ORDER BY token.id DESC;
END $$;
