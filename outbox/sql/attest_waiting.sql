-- The oldest receipts that are not in the log yet.  All of one intent come in their order:
-- whoever wrote one had seen those before it.
-- Each is looked up by its id: an order that PostgreSQL chose could go through all receipts.
SELECT receipt.id, intent_id, kind, role, actor, digest, fence,
       evidence::text AS evidence, at
  FROM outbox.unattested
 CROSS JOIN LATERAL (
       SELECT * FROM outbox.receipt WHERE receipt.id = unattested.receipt_id OFFSET 0) AS receipt
 ORDER BY unattested.receipt_id LIMIT %(batch)s
