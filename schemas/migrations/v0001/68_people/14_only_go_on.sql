-- A session is only seen again, made fresh again, or revoked, once.
CREATE FUNCTION outbox.only_go_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told text[] := '{seen_at,fresh_at,revoked_at,revoked_by}';
BEGIN
    IF OLD.revoked_at IS NOT NULL OR NEW.seen_at < OLD.seen_at OR NEW.fresh_at < OLD.fresh_at
       OR to_jsonb(NEW) - told <> to_jsonb(OLD) - told THEN
        RAISE EXCEPTION 'a session is only seen again or revoked'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME,
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
