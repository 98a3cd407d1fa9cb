-- A row of what stands is only ended, in the way that the trigger names ('lifted' by whom, and
-- when), and once: to end again what has ended would change who did it.
CREATE FUNCTION outbox.only_end() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ends text[] := ARRAY[TG_ARGV[0] || '_at', TG_ARGV[0] || '_by'];
BEGIN
    IF to_jsonb(OLD) ->> ends[1] IS NOT NULL OR to_jsonb(NEW) - ends <> to_jsonb(OLD) - ends THEN
        RAISE EXCEPTION '% is only %, once', TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME,
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
