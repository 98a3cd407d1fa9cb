-- The approval of this very version that waits for more people under the policy in force; NULL
-- if nobody has begun one.
CREATE FUNCTION outbox.opened(held outbox.intent, ruling outbox.policy) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT max(one.id) FROM outbox.approval AS one
     WHERE one.intent_id = held.id AND one.version = held.version
       AND one.policy = ruling.revision AND one.revoked_at IS NULL AND one.expires_at > now()
       AND outbox.lacking(one, ruling.document) > 0
$$;
