-- Once, too: to lift what was lifted would change who did it.
CREATE FUNCTION outbox.only_lift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL
       OR to_jsonb(NEW) - '{lifted_at,lifted_by}'::text[]
          <> to_jsonb(OLD) - '{lifted_at,lifted_by}'::text[] THEN
        RAISE EXCEPTION '% is only lifted, once', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_limit_is_only_lifted',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
