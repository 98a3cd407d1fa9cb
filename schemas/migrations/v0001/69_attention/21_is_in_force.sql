-- Whether a sealed yes still is one to what stands there now.
CREATE FUNCTION outbox.is_in_force(
    one outbox.sealed, held outbox.intent, ruling outbox.policy
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT one.version = held.version AND one.digest = held.digest
       AND one.policy = ruling.revision AND one.expires_at > now()
$$;
