-- The newest other intents that are to somebody to whom this one is, too: up to so many.
SELECT DISTINCT theirs.intent_id AS id
  FROM outbox.intent
 CROSS JOIN LATERAL (
       SELECT address FROM outbox.recipient
        WHERE recipient.intent_id = intent.id AND recipient.version = intent.version
        ORDER BY address LIMIT 20) AS mine
 CROSS JOIN LATERAL (
       SELECT intent_id FROM outbox.recipient
        WHERE recipient.address = mine.address
          AND intent_id <> %(id)s AND (intent_id < %(id)s OR %(later)s)
        ORDER BY intent_id DESC LIMIT %(most)s) AS theirs
 WHERE intent.id = %(id)s
 ORDER BY theirs.intent_id DESC LIMIT %(most)s
