-- The newest revision of the policy.  Asked for each permit: a session plans it once.
CREATE FUNCTION outbox.policy_in_force() RETURNS outbox.policy LANGUAGE plpgsql STABLE AS $$
DECLARE
    ruling outbox.policy;
BEGIN
    SELECT * INTO ruling FROM outbox.policy ORDER BY revision DESC LIMIT 1;
    RETURN ruling;
END $$;
