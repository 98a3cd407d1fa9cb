-- The oldest unpublished events of up to %(shards)s shards that no other relay holds.
-- The function locks first and reads second; in one statement it would publish again
-- what another relay has just deleted.  If this relay hangs longer than %(fence)s, the
-- server gives its shards back.
SELECT seq, intent_id, version, digest, target AS state, source, role, at, traceparent
  FROM outbox.claim_unpublished(%(shards)s, %(per_shard)s, %(fence)s)
