-- Lease the oldest submitted intents to one scorer; every lease has its own fence.
-- The states stand here as literals: a parameter would hide the partial index.
WITH claimable AS MATERIALIZED (
    SELECT id FROM outbox.intent
     WHERE state = 'submitted' AND due_at <= now()
     ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
UPDATE outbox.intent AS intent
   SET state = 'scoring', moved_by = 'scorer', claims = claims + 1,
       fence = nextval('outbox.fence'), leased_by = %(worker)s,
       lease_expires_at = now() + %(lease)s
  FROM claimable, outbox.artifact
 WHERE intent.id = claimable.id
   AND artifact.intent_id = intent.id AND artifact.version = intent.version
RETURNING intent.id, intent.idempotency_key AS key, intent.channel, intent.version,
          intent.digest, artifact.content, intent.claims, intent.fence,
          intent.lease_expires_at, intent.traceparent
