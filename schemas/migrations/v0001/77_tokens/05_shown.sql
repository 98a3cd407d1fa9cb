-- The token of this kind with this hash, if it is in force; all NULL if there is none.
CREATE FUNCTION outbox.shown(hash bytea, kind text) RETURNS outbox.token
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    found outbox.token;
BEGIN
    SELECT * INTO found FROM outbox.token
     WHERE hash = shown.hash AND kind = shown.kind
       AND revoked_at IS NULL AND expires_at > now();
    IF found.id IS NOT NULL AND NOT EXISTS (
        SELECT FROM outbox.token_use
         WHERE token_id = found.id AND used_at > now() - interval '1 hour') THEN
        INSERT INTO outbox.token_use (token_id) VALUES (found.id)
        ON CONFLICT (token_id) DO UPDATE SET used_at = excluded.used_at;
    END IF;
    RETURN found;
END $$;
