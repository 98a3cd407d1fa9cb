-- The oldest unpublished events of up to `shards` shards that no other relay holds.
-- Lock the shards and read their events: two statements, so two snapshots.  In one
-- statement the read would be older than the lock and publish again what another relay
-- has just deleted.  The open transaction is the lease: a crash gives it back at once,
-- and a relay that hangs in it is ended after `fence`.
-- Each join says its order, and the queue is read by its index: a plan made while it is nearly
-- empty is kept, and must do once it is not.
CREATE FUNCTION outbox.claim_unpublished(
    shards int, per_shard int, fence interval
) RETURNS TABLE (
    seq bigint, intent_id bigint, version int, digest text, state text, source text,
    role text, at text, traceparent text, notice text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
#variable_conflict use_column
DECLARE
    locked smallint[];
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout',
                       (extract(epoch FROM claim_unpublished.fence) * 1000)::int::text || 'ms', true);
    WITH free AS MATERIALIZED (
        SELECT shard.id FROM outbox.shard
         CROSS JOIN LATERAL (SELECT FROM outbox.unpublished u WHERE u.shard = shard.id
                              ORDER BY u.seq LIMIT 1) AS waiting
         ORDER BY random() LIMIT claim_unpublished.shards FOR UPDATE OF shard SKIP LOCKED
    )
    SELECT array_agg(free.id) INTO locked FROM free;
    RETURN QUERY
        SELECT event.seq, event.intent_id, event.version, event.digest, event.target,
               coalesce(event.source, event.target), event.role, outbox.moment(event.at),
               event.traceparent, event.notice
          FROM unnest(locked) AS mine (shard)
        CROSS JOIN LATERAL (
            SELECT u.seq FROM outbox.unpublished u
             WHERE u.shard = mine.shard ORDER BY u.seq LIMIT claim_unpublished.per_shard
        ) AS oldest
        CROSS JOIN LATERAL (
            SELECT * FROM outbox.event WHERE event.seq = oldest.seq LIMIT 1
        ) AS event
        ORDER BY event.seq;
END $$;
