-- Give back what a limit holds back: it rests until the limit ends, as far as that can be
-- known, and keeps its approval.  That it was claimed does not count against it.
WITH held AS (
    SELECT id, digest FROM outbox.intent
     WHERE id = %(id)s AND fence = %(fence)s AND state = 'sending' FOR UPDATE
), resting AS (
    SELECT held.id, held.digest, greatest(
               now() + interval '1 second',
               (SELECT max(until) FROM outbox.limits(held.id, clock_timestamp()))) AS until
      FROM held
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
    SELECT id, 'deferred', 'sender', %(worker)s, digest, %(fence)s,
           %(evidence)s::jsonb || jsonb_build_object('until', until)
      FROM resting
)
UPDATE outbox.intent
   SET state = 'approved', moved_by = 'sender', due_at = resting.until,
       claims = claims - 1, fence = NULL, leased_by = NULL, lease_expires_at = NULL
  FROM resting WHERE intent.id = resting.id
RETURNING intent.id
