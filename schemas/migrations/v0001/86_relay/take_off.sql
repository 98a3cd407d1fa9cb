-- Take what Kafka has acknowledged off the queue.
-- The shard is named, too, since the primary key leads with it.
CREATE FUNCTION outbox.take_off(intents bigint[], seqs bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM outbox.unpublished
     USING unnest(take_off.intents, take_off.seqs) AS published (intent_id, seq)
     WHERE unpublished.shard = outbox.shard_of(published.intent_id)
       AND unpublished.seq = published.seq;
END $$;
