-- A named person's leave for exactly these bytes, until it expires, for one attempt.
WITH given AS (
    INSERT INTO outbox.approval (intent_id, version, digest, approver, expires_at)
    VALUES (%(id)s, %(version)s, %(digest)s, %(actor)s, now() + %(valid_for)s)
    RETURNING id, expires_at
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT %(id)s, 'approved', %(role)s, %(actor)s, %(digest)s,
           jsonb_build_object('approval', id, 'expires_at', expires_at)
      FROM given
)
UPDATE outbox.intent
   SET state = 'approved', moved_by = %(role)s, approval_id = given.id,
       due_at = greatest(not_before, now())
  FROM given WHERE intent.id = %(id)s
RETURNING given.id, given.expires_at
