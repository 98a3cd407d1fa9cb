-- The hash of a person's password, at the price of a try: nothing once too many were wrong, of
-- this name or from this address; no hash where there is no such account.  A try counts from
-- its beginning, so that a hundred at once are no way around.
CREATE FUNCTION outbox.try_password(name text, address text)
RETURNS TABLE (try bigint, person text, hash text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    named bytea := substring(sha256(convert_to(lower(try_password.name), 'UTF8')) FOR 4);
BEGIN
    -- A table's lock, not an advisory one, which any login might hold.
    LOCK TABLE outbox.password_try IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM outbox.password_try WHERE at <= now() - interval '15 minutes';
    IF (SELECT count(*) FILTER (WHERE name = named) >= 10
            OR count(*) FILTER (WHERE address = try_password.address) >= 30
          FROM outbox.password_try) THEN
        RETURN;
    END IF;
    INSERT INTO outbox.password_try (name, address) VALUES (named, try_password.address)
    RETURNING id INTO try;
    RETURN QUERY
    SELECT try, account.name, password.hash FROM (SELECT) AS one
      LEFT JOIN outbox.account ON lower(account.name) = lower(try_password.name)
                              AND disabled_at IS NULL
      LEFT JOIN outbox.password ON account_id = account.id;
END $$;
