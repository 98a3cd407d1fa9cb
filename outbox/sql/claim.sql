-- Lease the longest due intents of one stage to one worker; every lease has its own fence.
-- Senders see nothing at all while the switch is off or missing, or where sending was
-- not armed.
WITH claimable AS MATERIALIZED (
    SELECT id FROM outbox.intent
     WHERE state = %(takes)s AND due_at <= now()
       AND (%(takes)s <> 'approved'
            OR EXISTS (SELECT FROM outbox.switch WHERE outbound)
               AND outbox.epoch_refusal(%(environment)s, %(nonce)s) IS NULL)
     ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
UPDATE outbox.intent AS intent
   SET state = %(holds)s, moved_by = %(role)s, claims = claims + 1,
       fence = nextval('outbox.fence'), leased_by = %(worker)s,
       lease_expires_at = now() + %(lease)s
  FROM claimable, outbox.artifact
 WHERE intent.id = claimable.id
   AND artifact.intent_id = intent.id AND artifact.version = intent.version
RETURNING intent.id, intent.idempotency_key AS key, intent.channel, intent.version,
          intent.digest, artifact.content, artifact.secret, intent.claims,
          intent.fence, intent.lease_expires_at, intent.traceparent
