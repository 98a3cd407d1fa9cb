-- The first id of those that were proposed at a time or later, about: halving what is left, a
-- row at a time.  Ids and times may be out of order by as long as a transaction lasts.
WITH RECURSIVE halved (low, high) AS (
    SELECT 0::bigint, coalesce((SELECT max(id) FROM outbox.intent), 0) + 1
     UNION ALL
    SELECT CASE WHEN late THEN low ELSE found.id + 1 END,
           CASE WHEN late THEN middle ELSE high END
      FROM halved
     CROSS JOIN LATERAL (SELECT (low + high) / 2) AS half (middle)
      LEFT JOIN LATERAL (
           SELECT id, created_at FROM outbox.intent
            WHERE id >= middle ORDER BY id LIMIT 1) AS found ON true
     CROSS JOIN LATERAL (SELECT coalesce(found.created_at >= %(moment)s, true)) AS side (late)
     WHERE low < high
)
SELECT low AS id FROM halved WHERE low >= high
