-- Give a standing account another password; false if there is none.  Who got in with the old
-- one is out.
CREATE FUNCTION outbox.set_password(name text, hash text, actor text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    found outbox.account;
BEGIN
    SELECT * INTO found FROM outbox.account
     WHERE lower(name) = lower(set_password.name) AND disabled_at IS NULL
       FOR UPDATE;
    IF found.id IS NULL THEN
        RETURN false;
    END IF;
    UPDATE outbox.password SET hash = set_password.hash, set_at = now()
     WHERE account_id = found.id;
    PERFORM outbox.end_sessions(set_password.actor, person => found.name, way => 'password');
    PERFORM outbox.record_account(found.name, 'password', set_password.actor);
    RETURN true;
END $$;
