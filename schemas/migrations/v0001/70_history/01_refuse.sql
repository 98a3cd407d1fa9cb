CREATE FUNCTION outbox.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'history_is_only_added_to',
              TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
END $$;
