-- The partitions of the log of moves, the oldest first, and the rest, whose name has no number.
-- How many events one has is the server's estimate; when they were is of its first one.
SELECT relname::text AS name, numbered.number, greatest(reltuples, 0)::bigint AS events,
       pg_total_relation_size(pg_class.oid) AS bytes,
       (SELECT at FROM outbox.event
         WHERE seq >= numbered.number << 25 AND seq < (numbered.number + 1) << 25
         ORDER BY seq LIMIT 1) AS since
  FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
 CROSS JOIN LATERAL (SELECT substring(relname, '^event_(\d+)$')::bigint) AS numbered (number)
 WHERE inhparent = 'outbox.event'::regclass
 ORDER BY numbered.number NULLS LAST
