-- Once, too: to revoke what was revoked would change who did it.
CREATE FUNCTION outbox.only_revoke() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL
       OR to_jsonb(NEW) - '{revoked_at,revoked_by}'::text[]
          <> to_jsonb(OLD) - '{revoked_at,revoked_by}'::text[] THEN
        RAISE EXCEPTION '% is only revoked, once', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'what_was_given_is_only_revoked',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NEW;
END $$;
