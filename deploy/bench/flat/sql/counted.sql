INSERT INTO outbox.counted (scope, name, at, attempt_id, weight)
SELECT scope, name, moved_at, n, 1
  FROM seeded, (VALUES ('everything', ''), ('channel', 'email')) AS one (scope, name)
 WHERE is_permitted ORDER BY n
