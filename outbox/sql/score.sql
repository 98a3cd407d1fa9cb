-- Record what the scorer thought, bound to the bytes it read, and give the lease back.
WITH held AS (
    SELECT id, version, digest, fence FROM outbox.intent
     WHERE id = %(id)s AND fence = %(fence)s AND state = 'scoring' FOR UPDATE
), scored AS (
    INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,
                              confidence, reasons)
    SELECT id, version, digest, fence, %(scorer)s, %(scorer_version)s, %(confidence)s,
           %(reasons)s
      FROM held
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
    SELECT id, 'scored', 'scorer', %(worker)s, digest, fence,
           jsonb_build_object('scorer', %(scorer)s::text, 'version', %(scorer_version)s::text,
                              'confidence', %(confidence)s::float8, 'reasons', %(reasons)s)
      FROM held
)
UPDATE outbox.intent
   SET state = 'scored', moved_by = 'scorer', claims = 0,
       fence = NULL, leased_by = NULL, lease_expires_at = NULL
  FROM held WHERE intent.id = held.id
RETURNING intent.id
