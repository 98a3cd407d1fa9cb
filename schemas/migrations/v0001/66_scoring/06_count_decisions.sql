-- Count what people decide by these receipts, once for each version, beside what had been said
-- of it; and take out again what is taken back.
CREATE FUNCTION outbox.count_decisions(receipts bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH word AS (
        SELECT receipt.id, receipt.intent_id, receipt.at, outbox.judged(receipt) AS digest,
               (receipt.kind = 'approved')::int AS yes, 1 AS times
          FROM outbox.receipt
         WHERE receipt.id = ANY (count_decisions.receipts)
           AND receipt.kind IN ('approved', 'rejected', 'sent_back', 'edited')
           AND outbox.is_first_word(receipt)
         UNION ALL
        SELECT given.id, given.intent_id, given.at, given.digest, 1, -1
          FROM outbox.receipt AS back
          JOIN outbox.receipt AS given
            ON given.intent_id = back.intent_id AND given.kind = 'approved'
           AND given.evidence -> 'approval' = back.evidence -> 'approval'
         WHERE back.id = ANY (count_decisions.receipts) AND back.kind = 'revoked'
           AND outbox.is_first_word(given)
    )
    INSERT INTO outbox.calibration AS kept
    SELECT date_trunc('day', word.at, 'UTC'), intent.tenant, intent.channel,
           said.scorer, said.version, said.held, floor(100 * said.confidence::numeric),
           sum(times), sum(times * yes), sum(times * said.confidence),
           sum(times * (said.confidence - yes) ^ 2)
      FROM word JOIN outbox.intent ON intent.id = word.intent_id
     CROSS JOIN LATERAL outbox.said_of(word.intent_id, word.digest, word.id) AS said
     GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (day, tenant, channel, scorer, version, held, hundredth) DO UPDATE
       SET decided = kept.decided + excluded.decided,
           approved = kept.approved + excluded.approved,
           confidences = kept.confidences + excluded.confidences,
           squares = kept.squares + excluded.squares
$$;
