INSERT INTO outbox.amount (intent_id, version, value, currency)
SELECT n, 1, value, 'EUR' FROM seeded WHERE value IS NOT NULL ORDER BY n
