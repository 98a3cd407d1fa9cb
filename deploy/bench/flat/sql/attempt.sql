INSERT INTO outbox.attempt (id, intent_id, approval_id, fence, worker, permitted_at)
OVERRIDING SYSTEM VALUE
SELECT n, n, n, n, 'sender-' || n % 4, moved_at FROM seeded WHERE is_permitted ORDER BY n
