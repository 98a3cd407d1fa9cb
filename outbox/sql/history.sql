-- The last mails that have left, and the bytes of those that the caller does not know yet:
-- what was sent never changes, and artifacts may be large.  What is erased is forgotten.
WITH latest AS MATERIALIZED (
    SELECT id, version, moved_at FROM outbox.intent
     WHERE state = 'sent' ORDER BY moved_at DESC LIMIT 500
)
SELECT latest.id, CASE WHEN latest.id <> ALL (%(known)s::bigint[]) THEN artifact.content END
  FROM latest JOIN outbox.artifact
    ON artifact.intent_id = latest.id AND artifact.version = latest.version
   AND artifact.erased_at IS NULL
 ORDER BY latest.moved_at DESC
