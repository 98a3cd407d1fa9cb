-- When each of these producers has last proposed anything.
SELECT producer, newest.written_at AS last_seen
  FROM unnest(%(producers)s::text[]) AS producer
 CROSS JOIN LATERAL (
       SELECT written_at FROM outbox.artifact
        WHERE version = 1 AND written_by = producer
        ORDER BY intent_id DESC LIMIT 1) AS newest
