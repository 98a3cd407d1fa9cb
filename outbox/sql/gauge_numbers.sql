-- What the gauges say of the database as a whole, but for what is counted by state.
SELECT coalesce(extract(epoch FROM clock_timestamp() - (
           SELECT at FROM outbox.event WHERE seq = (
                  SELECT min(first.seq) FROM generate_series(0, 15) AS number
                   CROSS JOIN LATERAL (SELECT seq FROM outbox.unpublished WHERE shard = number
                                        ORDER BY seq LIMIT 1) AS first))), 0)::float8
           AS outbox_age,
       coalesce(extract(epoch FROM clock_timestamp() - (
           SELECT at FROM outbox.receipt
            WHERE id = (SELECT min(receipt_id) FROM outbox.unattested))), 0)::float8
           AS attest_age,
       coalesce((SELECT max(size) FROM outbox.checkpoint), 0) AS log_size,
       (SELECT count(*) FROM outbox.intent
         WHERE state = 'approved' AND due_at > clock_timestamp()) AS not_due,
       (SELECT count(*) FROM outbox.intent
         CROSS JOIN LATERAL (
               SELECT FROM outbox.deferral
                WHERE intent_id = intent.id AND since = moved_at AND until > clock_timestamp()
                LIMIT 1) AS hidden
         WHERE state IN ('in_review', 'awaiting_approval')) AS deferred,
       (SELECT count(*) FROM outbox.route WHERE failures >= 3) AS routes_failing,
       coalesce((SELECT max(used::float8 / most) FROM outbox.caps_in_use() AS use
                   JOIN outbox.cap ON cap.id = use.id), 0) AS cap_used,
       attention.*
  FROM outbox.attention_numbers() AS attention
