-- The last mails that have left, and those of them that the recipients of the intents `ids` had
-- last: busy houses send 500 in a minute.  With the bytes of what the caller does not know yet:
-- what was sent never changes, and artifacts may be large.  What is erased is forgotten.
WITH latest AS MATERIALIZED (
    SELECT id, version, moved_at FROM outbox.intent
     WHERE state = 'sent' ORDER BY moved_at DESC LIMIT 500
), address AS MATERIALIZED (
    SELECT DISTINCT recipient.address FROM outbox.recipient
     WHERE recipient.intent_id = ANY (%(ids)s::bigint[]) LIMIT 500
), theirs AS MATERIALIZED (
    SELECT intent.id, intent.version, intent.moved_at
      FROM address CROSS JOIN LATERAL (
           SELECT intent_id, version FROM outbox.recipient
            WHERE recipient.address = address.address
            ORDER BY intent_id DESC LIMIT 100) AS had
      JOIN outbox.intent ON intent.id = had.intent_id AND intent.version = had.version
     WHERE intent.state = 'sent' ORDER BY intent.moved_at DESC LIMIT 500
), either AS MATERIALIZED (SELECT * FROM latest UNION SELECT * FROM theirs)
SELECT either.id, CASE WHEN either.id <> ALL (%(known)s::bigint[]) THEN artifact.content END
  FROM either JOIN outbox.artifact
    ON artifact.intent_id = either.id AND artifact.version = either.version
   AND artifact.erased_at IS NULL
 ORDER BY either.moved_at DESC
