INSERT INTO outbox.event (seq, intent_id, source, target, role, version, digest, at)
OVERRIDING SYSTEM VALUE
SELECT n * 10 + place, n, source, target, role, 1, digest, at
  FROM seeded
 CROSS JOIN LATERAL (
       SELECT CASE WHEN confidence < 0.6 OR state = 'in_review'
                   THEN 'in_review' ELSE 'awaiting_approval' END) AS queue (name)
 CROSS JOIN LATERAL (VALUES
       (1, true, 'unborn', 'submitted', 'agent', created_at),
       (2, is_scored OR state = 'scoring', 'submitted', 'scoring', 'scorer', created_at),
       (3, is_scored, 'scoring', 'scored', 'scorer', routed_at),
       (4, is_scored AND state <> 'scored', 'scored', name, 'router', routed_at),
       (5, is_approved, name, 'approved', 'human', decided_at),
       (6, is_permitted OR state = 'sending', 'approved', 'sending', 'sender', moved_at),
       (7, is_permitted, 'sending', 'releasing', 'sender', moved_at),
       (8, state IN ('sent', 'stranded'), 'releasing', state, 'sender', moved_at),
       (9, state IN ('rejected', 'withdrawn', 'sent_back'), name, state, 'human', moved_at),
       (9, state = 'expired', name, state, 'sweeper', moved_at)
       ) AS step (place, happened, source, target, role, at)
 WHERE happened ORDER BY n
