-- A named person's leave for exactly these bytes, until it expires, for one attempt.  Until
-- the end of its hold it is not even claimed.
WITH given AS (
    INSERT INTO outbox.approval (intent_id, version, digest, approver, held_until, expires_at)
    VALUES (%(id)s, %(version)s, %(digest)s, %(actor)s, nullif(now() + %(hold)s, now()),
            now() + %(valid_for)s)
    RETURNING id, held_until, expires_at
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT %(id)s, 'approved', %(role)s, %(actor)s, %(digest)s,
           jsonb_build_object('approval', id, 'held_until', held_until,
                              'expires_at', expires_at)
      FROM given
)
UPDATE outbox.intent
   SET state = 'approved', moved_by = %(role)s, approval_id = given.id,
       due_at = greatest(not_before, now(), given.held_until)
  FROM given WHERE intent.id = %(id)s
RETURNING given.id, given.expires_at
