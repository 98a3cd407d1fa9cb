INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by, written_at)
SELECT n, 1, digest, secret, content, producer, created_at FROM seeded ORDER BY n
