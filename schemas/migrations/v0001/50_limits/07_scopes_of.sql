-- Everything that an attempt of this intent counts for, each once.
CREATE FUNCTION outbox.scopes_of(claimed bigint) RETURNS TABLE (scope text, name text)
LANGUAGE sql STABLE AS $$
    SELECT 'everything', ''
     UNION ALL
    SELECT 'channel', channel FROM outbox.intent WHERE id = claimed
     UNION ALL
    SELECT 'producer', producer FROM outbox.intent WHERE id = claimed
     UNION ALL
    SELECT 'address', address FROM outbox.recipient
      JOIN outbox.intent ON id = intent_id AND intent.version = recipient.version
     WHERE id = claimed
     UNION ALL
    SELECT DISTINCT 'domain', domain FROM outbox.recipient
      JOIN outbox.intent ON id = intent_id AND intent.version = recipient.version
     WHERE id = claimed
$$;
