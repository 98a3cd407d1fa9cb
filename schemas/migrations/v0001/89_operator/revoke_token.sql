-- Let nobody in with this token any more; no row if it does not let anybody in.
CREATE FUNCTION outbox.revoke_token(id bigint, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.token SET revoked_at = now(), revoked_by = revoke_token.actor
     WHERE id = revoke_token.id AND revoked_at IS NULL
    RETURNING id;
END $$;
