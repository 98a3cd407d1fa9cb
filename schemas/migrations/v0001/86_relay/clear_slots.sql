-- Truncate one slot of the queue that is empty and not in use; whether there was one.
-- It is looked at again once it is locked: who has not committed what they put there holds a
-- lock, too, so nothing is lost.  That takes a snapshot younger than the lock, and rows without
-- a policy: those of a slot have none, whoever is connected.
-- Whoever reads the queue keeps it from being locked, and waits behind who waits for that; so
-- that is not for long.
CREATE FUNCTION outbox.clear_slots() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    in_use text;
    slot regclass;
    filled boolean;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'slots are cleared by a transaction that is read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF NOT pg_try_advisory_xact_lock('outbox.unpublished'::regclass::oid::bigint) THEN
        RETURN false;
    END IF;
    PERFORM set_config('lock_timeout', '20ms', true);
    SELECT 'outbox.unpublished_' || (last_value >> 15) % 3 INTO in_use FROM outbox.event_seq_seq;
    FOR slot IN SELECT inhrelid FROM pg_inherits
                 WHERE inhparent = 'outbox.unpublished'::regclass
                   AND inhrelid <> in_use::regclass AND pg_relation_size(inhrelid) > 0 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', slot) INTO filled;
        CONTINUE WHEN filled;
        BEGIN
            EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', slot);
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', slot) INTO filled;
            IF NOT filled THEN
                EXECUTE format('TRUNCATE %s', slot);
                RETURN true;
            END IF;
        EXCEPTION WHEN lock_not_available THEN NULL;
        END;
    END LOOP;
    RETURN false;
END $$;
