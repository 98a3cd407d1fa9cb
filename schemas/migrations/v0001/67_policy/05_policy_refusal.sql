-- Why the policy in force forbids what an older one had allowed, in one word; NULL if it does
-- not.  Mostly it is the very one under which the approval was given: nothing else is asked.
CREATE FUNCTION outbox.policy_refusal(leave outbox.approval) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    ruling outbox.policy := outbox.policy_in_force();
BEGIN
    IF leave.policy = ruling.revision THEN
        RETURN NULL;
    END IF;
    IF outbox.lacking(leave, ruling.document) = 0 THEN
        RETURN NULL;
    END IF;
    RETURN 'policy_changed';
END $$;
