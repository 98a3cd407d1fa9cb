-- Every intent that was ever to this address, as far as it is not erased.
SELECT id, state FROM outbox.intent
 WHERE id IN (SELECT intent_id FROM outbox.recipient WHERE address = %(address)s)
 ORDER BY id
