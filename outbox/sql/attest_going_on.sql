-- The oldest receipts from this one on that are not in the log yet, and whatever their intents have
-- from before it: all of one intent come in their order.  Those of no intent are left to a look
-- from the beginning.
WITH oldest AS MATERIALIZED (
    SELECT receipt.id, intent_id
      FROM outbox.unattested
     CROSS JOIN LATERAL (
           SELECT * FROM outbox.receipt
            WHERE receipt.id = unattested.receipt_id OFFSET 0) AS receipt
     WHERE unattested.receipt_id >= %(since)s AND intent_id IS NOT NULL
     ORDER BY unattested.receipt_id LIMIT %(batch)s
), every AS (
    SELECT id FROM oldest
     UNION ALL
    SELECT earlier.id
      FROM (SELECT DISTINCT intent_id FROM oldest) AS theirs
      JOIN outbox.receipt AS earlier
        ON earlier.intent_id = theirs.intent_id AND earlier.id < %(since)s
      JOIN outbox.unattested ON unattested.receipt_id = earlier.id
)
SELECT receipt.id, intent_id, kind, role, actor, digest, fence,
       evidence::text AS evidence, at
  FROM every
 CROSS JOIN LATERAL (
       SELECT * FROM outbox.receipt WHERE receipt.id = every.id OFFSET 0) AS receipt
 ORDER BY receipt.id
