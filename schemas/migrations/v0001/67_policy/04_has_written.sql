-- Whether this person has a hand in the bytes of an intent: who proposed it, or wrote a later
-- version, by name or by login.  Whoever is connected by the login of the agent that wrote it has
-- a hand in it by any name; the login of people may be that of all of them, and an owner's is
-- everybody's.
CREATE FUNCTION outbox.has_written(intent bigint, actor text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM outbox.receipt AS hand
         WHERE hand.intent_id = has_written.intent AND hand.kind IN ('persisted', 'edited')
           AND (lower(btrim(has_written.actor)) IN (lower(btrim(hand.actor)), lower(hand.login))
                OR hand.role = 'agent' AND session_user IN (hand.actor, hand.login)
                   AND NOT outbox.is_owner()));
END $$;
