-- To whom an intent was, and what its attempts counted for by that, goes under a receipt.
CREATE FUNCTION outbox.only_the_erased_go() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone jsonb := to_jsonb(OLD);
    intent bigint := coalesce(
        (gone ->> 'intent_id')::bigint,
        (SELECT attempt.intent_id FROM outbox.attempt
          WHERE attempt.id = (gone ->> 'attempt_id')::bigint));
BEGIN
    IF NOT outbox.is_erased(intent)
       OR coalesce(gone ->> 'scope' NOT IN ('address', 'domain'), false) THEN
        RAISE EXCEPTION 'DELETE on % is refused', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'history_is_only_added_to',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN OLD;
END $$;
