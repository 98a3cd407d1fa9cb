-- Remember who leaves for the provider; who has not come back in time is forgotten.
CREATE FUNCTION outbox.begin_oidc(hash bytea, next text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM outbox.oidc_request WHERE expires_at <= now();
    INSERT INTO outbox.oidc_request (hash, next) VALUES (begin_oidc.hash, begin_oidc.next);
END $$;
