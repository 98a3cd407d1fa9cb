-- Without an approval nothing is approved, claimed, permitted or sent: the constraints of an
-- intent and of its attempts say so.
CREATE FUNCTION outbox.refuse_decoy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF outbox.is_decoy(NEW.intent_id) THEN
        RAISE EXCEPTION 'intent % is a decoy', NEW.intent_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME,
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
