-- What the rows say of one version of an intent, or of the latest: all that its manifest
-- is made of.
SELECT log.origin AS log, intent.id, artifact.version, intent.idempotency_key AS key,
       intent.producer, intent.channel, artifact.content, artifact.secret,
       NULL::bigint AS policy,
       outbox.moment(intent.not_before) AS not_before,
       outbox.moment(intent.not_after) AS not_after
  FROM outbox.intent JOIN outbox.artifact ON artifact.intent_id = intent.id
 CROSS JOIN outbox.log
 WHERE intent.id = %(id)s AND artifact.erased_at IS NULL
   AND artifact.version = coalesce(%(version)s::int, intent.version)
