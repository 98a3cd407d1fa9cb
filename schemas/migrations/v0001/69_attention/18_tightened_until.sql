-- Until when this person's yes needs one more; nothing if it does not.
CREATE FUNCTION outbox.tightened_until(actor text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    RETURN (SELECT max(until) FROM outbox.tightening
             WHERE person = lower(btrim(actor)) AND until > now());
END $$;
