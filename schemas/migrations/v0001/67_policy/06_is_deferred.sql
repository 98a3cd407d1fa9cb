-- Whether somebody has put it out of sight, and it has not moved since.
CREATE FUNCTION outbox.is_deferred(intent bigint, moved_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM outbox.deferral
                    WHERE intent_id = is_deferred.intent AND since = is_deferred.moved_at
                      AND until > now())
$$;
