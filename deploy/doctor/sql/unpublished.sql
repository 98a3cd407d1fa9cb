-- For how long the oldest move waits for Kafka.
SELECT coalesce(now() - at, interval '0')
  FROM (VALUES (0)) AS always
  LEFT JOIN outbox.event ON seq = (SELECT min(seq) FROM outbox.unpublished)
