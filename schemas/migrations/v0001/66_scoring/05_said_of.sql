-- What each scorer last said of these bytes before this receipt, and what all together came to,
-- without a name.  Who could not say anything has said nothing; of what lacks such a voice
-- nothing together was said, but that a person looks.
CREATE FUNCTION outbox.said_of(intent bigint, digest text, before bigint) RETURNS TABLE (
    scorer text, version text, confidence double precision, held boolean
) LANGUAGE sql STABLE AS $$
    WITH last AS (
        SELECT DISTINCT ON (scorer) scorer, scorer_version, confidence, holds, shadow,
               kinds && '{unscored,unreadable}' AS silent
          FROM outbox.score
         WHERE score.intent_id = said_of.intent AND score.digest = said_of.digest
         ORDER BY scorer, score.id DESC
    )
    SELECT scorer, scorer_version, confidence, holds FROM last WHERE NOT silent
     UNION ALL
    (SELECT '', '', (evidence ->> 'confidence')::double precision,
            (evidence ->> 'holds')::boolean
       FROM outbox.receipt
      WHERE receipt.intent_id = said_of.intent AND kind = 'routed'
        AND receipt.id < said_of.before
        AND evidence ->> 'confidence' IS NOT NULL
        AND NOT EXISTS (SELECT FROM last WHERE silent AND NOT shadow)
      ORDER BY receipt.id DESC LIMIT 1)
$$;
