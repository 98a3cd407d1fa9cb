-- Take an approval back.  A sender that already holds the intent is refused its permit.
WITH kept AS (
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (%(id)s, 'revoked', %(role)s, %(actor)s, %(digest)s,
            %(evidence)s || jsonb_build_object('approval', %(approval_id)s::bigint))
)
UPDATE outbox.approval SET revoked_at = now(), revoked_by = %(actor)s
 WHERE id = %(approval_id)s AND revoked_at IS NULL
