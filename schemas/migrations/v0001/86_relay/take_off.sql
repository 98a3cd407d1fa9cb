-- Take what Kafka has acknowledged off the queue, shard by shard and slot by slot.
-- In one statement for all it would be a join, and a plan made while the queue is nearly empty
-- would join the wrong way round once it is not.
CREATE FUNCTION outbox.take_off(intents bigint[], seqs bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    published record;
BEGIN
    FOR published IN
        SELECT outbox.shard_of(one.intent_id) AS shard, (one.seq >> 15) % 3 AS slot,
               array_agg(one.seq) AS seqs
          FROM unnest(take_off.intents, take_off.seqs) AS one (intent_id, seq)
         GROUP BY 1, 2
    LOOP
        DELETE FROM outbox.unpublished
         WHERE unpublished.shard = published.shard
           AND unpublished.seq = ANY (published.seqs)
           AND (unpublished.seq >> 15) % 3 = published.slot;
    END LOOP;
END $$;
