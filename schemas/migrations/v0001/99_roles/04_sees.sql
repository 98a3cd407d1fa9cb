-- Whether who asks sees this intent, by the policy of intents.  A function, since to prepare
-- that question costs a statement more than all else, and mostly it is never asked.
CREATE FUNCTION outbox.sees(intent bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM outbox.intent WHERE id = sees.intent);
END $$;
