-- Look at an intent and keep everyone else from deciding on it meanwhile.
SELECT id, state, version, digest, channel, approval_id, moved_at, now() AS now
  FROM outbox.intent WHERE id = %(id)s FOR UPDATE
