-- How long the attempts of this intent still count for a cap on its recipients; NULL if they
-- do not.  An attempt is counted in the transaction of its permit, which is never a day long.
CREATE FUNCTION outbox.counts_until(sent bigint) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT max(counted.at + cap.span)
      FROM outbox.attempt
      JOIN outbox.counted
        ON counted.attempt_id = attempt.id AND counted.scope IN ('address', 'domain')
       AND counted.at BETWEEN attempt.permitted_at AND attempt.permitted_at + interval '1 day'
      JOIN outbox.cap
        ON cap.scope = counted.scope AND cap.name IN ('', counted.name)
       AND cap.lifted_at IS NULL
     WHERE attempt.intent_id = sent AND counted.at + cap.span > clock_timestamp()
$$;
