-- By the clock, not by the beginning of the transaction: it may have waited for a cap.
CREATE FUNCTION outbox.count_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := clock_timestamp();
BEGIN
    INSERT INTO outbox.counted (scope, name, at, attempt_id, weight)
    SELECT scope, name, instant, made.id, weight
      FROM made CROSS JOIN LATERAL outbox.scopes_of(made.intent_id);
    RETURN NULL;
END $$;
