-- Recorded moves and notices after a place, the earliest first, of one intent or of all, and
-- which transactions may still write some: a number is drawn before its transaction commits.
SELECT seq, intent_id AS intent, source, target, role, version, at, notice,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_open,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next
  FROM (VALUES (0)) AS always
  LEFT JOIN LATERAL (
       SELECT * FROM outbox.event
        WHERE seq > %(after)s AND seq <> ALL (%(seen)s::bigint[])
          AND (%(intent)s::bigint IS NULL OR intent_id = %(intent)s)
        ORDER BY seq LIMIT %(size)s) AS found ON true
