-- Whether this receipt is the first word of a person on these very bytes.  A yes that was
-- taken back is no word.
CREATE FUNCTION outbox.is_first_word(word outbox.receipt) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT outbox.judged(word) IS NOT NULL
       AND NOT EXISTS (
           SELECT FROM outbox.receipt AS earlier
            WHERE earlier.intent_id = word.intent_id AND earlier.id < word.id
              AND outbox.judged(earlier) = outbox.judged(word)
              AND NOT EXISTS (
                  SELECT FROM outbox.receipt AS back
                   WHERE back.intent_id = word.intent_id AND back.kind = 'revoked'
                     AND back.evidence -> 'approval' = earlier.evidence -> 'approval'))
$$;
