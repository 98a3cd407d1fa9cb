-- Lock some shards and read their events: two statements, so two snapshots.  In one
-- statement the read would be older than the lock and publish again what another relay
-- has just deleted.  The open transaction is the lease: a crash gives it back at once,
-- and a relay that hangs in it is ended after `fence`.
CREATE FUNCTION outbox.claim_unpublished(
    shards int, per_shard int, fence interval
) RETURNS SETOF outbox.event LANGUAGE plpgsql AS $$
DECLARE
    locked smallint[];
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout',
                       (extract(epoch FROM fence) * 1000)::int::text || 'ms', true);
    WITH free AS MATERIALIZED (
        SELECT shard.id FROM outbox.shard
         WHERE EXISTS (SELECT FROM outbox.unpublished u WHERE u.shard = shard.id)
         ORDER BY random() LIMIT shards FOR UPDATE SKIP LOCKED
    )
    SELECT array_agg(free.id) INTO locked FROM free;
    RETURN QUERY
        SELECT event.* FROM unnest(locked) AS mine (shard)
        CROSS JOIN LATERAL (
            SELECT u.seq FROM outbox.unpublished u
             WHERE u.shard = mine.shard ORDER BY u.seq LIMIT per_shard
        ) AS oldest
        JOIN outbox.event ON event.seq = oldest.seq
        ORDER BY event.seq;
END $$;
