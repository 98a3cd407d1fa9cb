-- How long what waits for a person has waited: how many of each state are in each span, of
-- which no more than 1000 are counted.
SELECT state, floor, number
  FROM (VALUES ('in_review'), ('awaiting_approval'), ('stranded')) AS waits (state)
 CROSS JOIN (VALUES (interval '0', interval '1 hour'), ('1 hour', '4 hours'),
                    ('4 hours', '1 day'), ('1 day', '3 days'), ('3 days', '100 years')
            ) AS span (floor, ceiling)
 CROSS JOIN LATERAL (
       SELECT count(*) AS number
         FROM (SELECT FROM outbox.intent
                WHERE intent.state = waits.state
                  AND intent.state NOT IN ('sent', 'rejected', 'withdrawn', 'expired')
                  AND moved_at <= now() - floor AND moved_at > now() - ceiling
                LIMIT 1000) AS few) AS counted
 ORDER BY state, floor
