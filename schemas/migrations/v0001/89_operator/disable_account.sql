-- Let a person in by no way, and end their sessions; false if nobody knows them.  Whoever has
-- signed in without an account gets one that is disabled.
CREATE FUNCTION outbox.disable_account(name text, actor text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE outbox.account SET disabled_at = clock_timestamp(), disabled_by = disable_account.actor
     WHERE lower(name) = lower(disable_account.name) AND disabled_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO outbox.account (name, made_by, disabled_at, disabled_by)
        SELECT disable_account.name, disable_account.actor, clock_timestamp(),
               disable_account.actor
         WHERE NOT outbox.is_shut_out(disable_account.name)
           AND EXISTS (SELECT FROM outbox.session
                        WHERE lower(person) = lower(disable_account.name));
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    END IF;
    PERFORM outbox.end_sessions(disable_account.actor, person => disable_account.name);
    PERFORM outbox.record_account(disable_account.name, 'disabled', disable_account.actor);
    RETURN true;
END $$;
