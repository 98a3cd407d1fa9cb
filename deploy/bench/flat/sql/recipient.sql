INSERT INTO outbox.recipient (intent_id, version, address, domain)
SELECT n, 1, named, split_part(named, '@', 2)
  FROM seeded, LATERAL (VALUES (address), (copied)) AS one (named)
 WHERE named IS NOT NULL ORDER BY n
