-- Take what Kafka has acknowledged off the queue.
-- The shard is named, too, since the primary key leads with it.
DELETE FROM outbox.unpublished
 USING unnest(%(intents)s::bigint[], %(seqs)s::bigint[]) AS published (intent_id, seq)
 WHERE unpublished.shard = outbox.shard_of(published.intent_id)
   AND unpublished.seq = published.seq
