INSERT INTO outbox.intent (id, idempotency_key, producer, channel, state, moved_by, moved_at,
                           digest, fence, leased_by, lease_expires_at, approval_id, attempt_id,
                           receipt_id, not_before, due_at, created_at)
OVERRIDING SYSTEM VALUE
SELECT n, 'key-' || n, producer, 'email', state, 'human', moved_at, digest,
       CASE WHEN state IN ('scoring', 'sending', 'releasing') THEN n END,
       CASE WHEN state IN ('scoring', 'sending', 'releasing') THEN 'worker-1' END,
       CASE WHEN state IN ('scoring', 'sending', 'releasing') THEN now() + interval '1 day' END,
       CASE WHEN is_approved THEN n END, CASE WHEN is_permitted THEN n END,
       CASE WHEN is_over THEN n * 10 + 6 END, created_at, created_at, created_at
  FROM seeded ORDER BY n
