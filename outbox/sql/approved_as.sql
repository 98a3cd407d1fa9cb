-- The manifest with this digest, if this intent was ever approved as such.
SELECT manifest FROM outbox.approval
 WHERE intent_id = %(id)s AND manifest_digest = %(digest)s LIMIT 1
