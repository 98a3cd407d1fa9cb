-- Where sending was armed last, and by whom: without the nonce, of which nobody reads even the
-- digest.
CREATE FUNCTION outbox.armed() RETURNS TABLE (environment text, armed_by text, armed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
    SELECT environment, armed_by, armed_at FROM outbox.epoch ORDER BY id DESC LIMIT 1
$$;
