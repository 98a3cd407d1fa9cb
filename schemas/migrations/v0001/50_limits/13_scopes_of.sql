-- Everything that an attempt of this intent counts for, each once, and how much it counts
-- there: the value of its amount, or one; never nothing.
CREATE FUNCTION outbox.scopes_of(
    claimed bigint
) RETURNS TABLE (scope text, name text, weight bigint) LANGUAGE sql STABLE AS $$
    SELECT 'everything', '', 1::bigint
     UNION ALL
    SELECT 'channel', channel, 1 FROM outbox.intent WHERE id = claimed
     UNION ALL
    SELECT 'producer', producer, 1 FROM outbox.intent WHERE id = claimed
     UNION ALL
    SELECT 'address', address, 1 FROM outbox.recipient
      JOIN outbox.intent ON id = intent_id AND intent.version = recipient.version
     WHERE id = claimed
     UNION ALL
    SELECT DISTINCT 'domain', domain, 1 FROM outbox.recipient
      JOIN outbox.intent ON id = intent_id AND intent.version = recipient.version
     WHERE id = claimed
     UNION ALL
    SELECT 'value', currency, value FROM outbox.amount
      JOIN outbox.intent ON id = intent_id AND intent.version = amount.version
     WHERE id = claimed AND value > 0
$$;
