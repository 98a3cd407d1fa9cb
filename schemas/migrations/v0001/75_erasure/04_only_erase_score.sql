-- What a scorer found, and its reasons, which may repeat words of the mail, may go, under a
-- receipt.
CREATE FUNCTION outbox.only_erase_score() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept outbox.score := OLD;
BEGIN
    kept.reasons := '[]';
    kept.kinds := '{}';
    IF NEW IS DISTINCT FROM kept OR NOT outbox.is_erased(OLD.intent_id) THEN
        RAISE EXCEPTION 'UPDATE on score is refused'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'history_is_only_added_to',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
