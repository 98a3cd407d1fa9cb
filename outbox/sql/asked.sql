-- The name of this installation, the tenant of each of these intents, and who has a hand in it.
SELECT intent.id, log.origin, intent.tenant, ARRAY(
           SELECT unnest(ARRAY[actor, login]) FROM outbox.receipt
            WHERE intent_id = intent.id AND kind IN ('persisted', 'edited'))
  FROM outbox.log, outbox.intent WHERE intent.id = ANY (%(ids)s)
