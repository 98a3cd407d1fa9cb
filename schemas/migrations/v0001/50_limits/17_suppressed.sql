-- The targets that this intent would reach and must not.
CREATE FUNCTION outbox.suppressed(claimed bigint) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT suppression.target
      FROM outbox.intent
      JOIN outbox.recipient
        ON recipient.intent_id = intent.id AND recipient.version = intent.version
      JOIN outbox.suppression ON target = ANY (ARRAY[address, domain]) AND lifted_at IS NULL
     WHERE intent.id = claimed
$$;
