-- Bytes and secret may go, together and for good, under a receipt; nothing else changes.
-- What is read off the bytes follows them by itself.
CREATE FUNCTION outbox.only_erase_artifact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept outbox.artifact := OLD;
BEGIN
    kept.secret := NULL;
    kept.content := NULL;
    kept.sender := NEW.sender;
    kept.subject := NEW.subject;
    kept.erased_at := NEW.erased_at;
    IF OLD.erased_at IS NOT NULL OR NEW IS DISTINCT FROM kept
       OR NOT outbox.is_erased(OLD.intent_id) THEN
        RAISE EXCEPTION 'UPDATE on artifact is refused'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'history_is_only_added_to',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
