-- For how many seconds the longest due intent waits for each stage that may claim it.
SELECT stage, coalesce(extract(epoch FROM clock_timestamp() - (
           SELECT due_at FROM outbox.intent
            WHERE intent.state = waits.state AND intent.state IN ('submitted', 'scored', 'approved')
              AND due_at <= clock_timestamp()
            ORDER BY due_at LIMIT 1)), 0)::float8 AS seconds
  FROM (VALUES ('score', 'submitted'), ('route', 'scored'), ('send', 'approved'))
       AS waits (stage, state)
