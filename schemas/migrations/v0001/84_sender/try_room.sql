-- Write a receipt that is as long as a mail's, only to see that there is room, and take it
-- back.  Whoever sends without that room could not say afterwards what became of it.
-- Of no intent: the lock on one would hide it from the stages that skip what is locked.
CREATE FUNCTION outbox.try_room() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('switch', 'sender', 'nobody', to_jsonb(repeat('x', 1600)));
    RAISE EXCEPTION 'there is room' USING ERRCODE = 'P0R00';
EXCEPTION WHEN SQLSTATE 'P0R00' THEN
    RETURN;
END $$;
