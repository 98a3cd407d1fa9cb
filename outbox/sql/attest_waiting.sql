-- The oldest receipts that are not in the log yet.  All of one intent come in their order:
-- whoever wrote one had seen those before it.
SELECT receipt.id, intent_id, kind, role, actor, digest, fence,
       evidence::text AS evidence, at
  FROM outbox.unattested JOIN outbox.receipt ON receipt.id = unattested.receipt_id
 ORDER BY unattested.receipt_id LIMIT %(batch)s
