-- Whoever sets or lifts a limit leaves a receipt, which says all that the row says of it.
CREATE FUNCTION outbox.record_limit() RETURNS trigger LANGUAGE plpgsql
SET intervalstyle = 'iso_8601' AS $$
BEGIN
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES (CASE TG_OP WHEN 'INSERT' THEN 'limit_set' ELSE 'limit_lifted' END, 'human',
            coalesce(NEW.lifted_by, NEW.set_by),
            jsonb_build_object('limit', TG_TABLE_NAME)
            || to_jsonb(NEW) - '{set_by,set_at,lifted_by,lifted_at}'::text[]);
    RETURN NULL;
END $$;
