INSERT INTO outbox.deferral (intent_id, since, until, deferred_by, deferred_at)
SELECT n, routed_at, routed_at + interval '2 hours', 'ada', routed_at + interval '1 minute'
  FROM seeded WHERE is_over AND n % 40 = 0
 UNION ALL
SELECT n, moved_at, now() + interval '1 day', 'ada', now()
  FROM seeded WHERE state IN ('in_review', 'awaiting_approval') AND n % 7 = 0
