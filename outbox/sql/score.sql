-- Record what the scorer thought, bound to the bytes it read, and give the lease back.
-- Its reasons may repeat words of the mail: the receipt, which is never erased, has their
-- keyed digest.
WITH held AS (
    SELECT intent.id, intent.version, intent.digest, fence, secret
      FROM outbox.intent JOIN outbox.artifact
        ON intent_id = intent.id AND artifact.version = intent.version
     WHERE intent.id = %(id)s AND fence = %(fence)s AND state = 'scoring'
       FOR UPDATE OF intent
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
                              'confidence', %(confidence)s::float8,
                              'reasons', encode(outbox.hmac(
                                  secret, convert_to(%(reasons)s::jsonb::text, 'UTF8')), 'hex'))
      FROM held
)
UPDATE outbox.intent
   SET state = 'scored', moved_by = 'scorer', claims = 0,
       fence = NULL, leased_by = NULL, lease_expires_at = NULL
  FROM held WHERE intent.id = held.id
RETURNING intent.id
