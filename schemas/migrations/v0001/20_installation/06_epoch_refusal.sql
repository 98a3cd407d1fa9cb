-- Why nothing may leave from here, in one word; NULL where sending was armed at this very
-- place, for this environment and this nonce.
CREATE FUNCTION outbox.epoch_refusal(
    sender_environment text, sender_nonce text
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    armed outbox.epoch;
    here record;
BEGIN
    SELECT * INTO armed FROM outbox.epoch ORDER BY id DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 'epoch_unarmed';
    END IF;
    SELECT * INTO here FROM outbox.place();
    IF (armed.system_identifier, armed.timeline, armed.database_oid, armed.database,
        armed.environment, armed.nonce)
       IS DISTINCT FROM
       (here.system_identifier, here.timeline, here.database_oid, here.database,
        sender_environment, sender_nonce) THEN
        RETURN 'epoch_differs';
    END IF;
    RETURN NULL;
END $$;
