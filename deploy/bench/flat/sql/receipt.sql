INSERT INTO outbox.receipt (id, intent_id, kind, role, actor, digest, fence, evidence, at)
OVERRIDING SYSTEM VALUE
SELECT n * 10 + place, n, kind, role, actor, digest, fence, evidence, at
  FROM seeded, LATERAL (VALUES
       (1, true, 'persisted', 'agent', producer, NULL::bigint, '{}'::jsonb, created_at),
       (2, is_scored, 'scored', 'scorer', 'scorer-1', n,
        jsonb_build_object('confidence', confidence), routed_at),
       (3, is_scored AND state <> 'scored', 'routed', 'router', 'router-1', NULL,
        '{"threshold": 0.6}', routed_at),
       (4, is_approved, 'approved', 'human', 'ada', NULL, '{"policy": 1}', decided_at),
       (5, is_permitted, 'permit', 'sender', 'sender-' || n % 4, n, '{}', moved_at),
       (6, is_over, state, CASE WHEN is_permitted THEN 'sender' ELSE 'human' END,
        CASE WHEN is_permitted THEN 'sender-' || n % 4 ELSE 'ada' END,
        CASE WHEN is_permitted THEN n END,
        CASE WHEN is_permitted THEN '{"phase": "dot", "final_reply": "250 ok"}'::jsonb
             ELSE '{"reason": "no", "because": "other"}' END, moved_at),
       (7, state = 'sent_back', 'sent_back', 'human', 'ada', NULL,
        '{"reason": "no", "because": "other"}', moved_at)
       ) AS step (place, happened, kind, role, actor, fence, evidence, at)
 WHERE happened ORDER BY n
