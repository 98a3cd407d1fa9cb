-- Write a new version of the artifact.  It is scored again and needs a new approval.
WITH written AS (
    INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)
    SELECT intent_id, version + 1, encode(outbox.hmac(secret, %(content)s), 'hex'), secret,
           %(content)s, %(actor)s
      FROM outbox.artifact WHERE intent_id = %(id)s AND version = %(version)s
    RETURNING version, digest
), kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT %(id)s, 'edited', %(role)s, %(actor)s, digest,
           jsonb_build_object('version', version, 'was', %(digest)s::text)
      FROM written
)
UPDATE outbox.intent
   SET state = 'submitted', moved_by = %(role)s, claims = 0, approval_id = NULL,
       version = written.version, digest = written.digest
  FROM written WHERE intent.id = %(id)s
RETURNING intent.id, intent.version, intent.digest
