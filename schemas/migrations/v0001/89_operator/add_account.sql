-- Let a person sign in with a password, whose argon2id hash this is.
CREATE FUNCTION outbox.add_account(name text, hash text, actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH made AS (
        INSERT INTO outbox.account (name, made_by) VALUES (add_account.name, add_account.actor)
        RETURNING id
    )
    INSERT INTO outbox.password (account_id, hash) SELECT id, add_account.hash FROM made;
    PERFORM outbox.record_account(add_account.name, 'added', add_account.actor);
END $$;
