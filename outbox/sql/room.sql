-- Write a receipt that is as long as a mail's, only to see that there is room: it is rolled
-- back.  Whoever sends without that room could not say afterwards what became of it.
INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
SELECT id, 'room', 'sender', 'nobody', digest, to_jsonb(repeat('x', 1600))
  FROM outbox.intent LIMIT 1 FOR KEY SHARE SKIP LOCKED
