-- What people have decided in the last %(days)s days, with the bytes on which they did, the
-- oldest first: their first word on each, but for a yes that was taken back.
SELECT receipt.at, receipt.kind = 'approved' AS approved, content
  FROM outbox.receipt
 CROSS JOIN LATERAL (
       SELECT content FROM outbox.artifact
        WHERE artifact.intent_id = receipt.intent_id
          AND artifact.digest = outbox.judged(receipt) AND content IS NOT NULL
        LIMIT 1) AS read
 WHERE receipt.kind IN ('approved', 'rejected', 'sent_back', 'edited')
   AND receipt.at > now() - make_interval(days => %(days)s)
   AND outbox.is_first_word(receipt)
   AND NOT EXISTS (
       SELECT FROM outbox.receipt AS back
        WHERE back.intent_id = receipt.intent_id AND back.kind = 'revoked'
          AND back.evidence -> 'approval' = receipt.evidence -> 'approval')
 ORDER BY receipt.id
