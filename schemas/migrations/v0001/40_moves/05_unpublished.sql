-- The narrow queue of events that Kafka does not have yet.  It turns: events go through its
-- three slots, 32768 numbers to a slot, and an empty slot that is not in use is truncated.
-- To vacuum it would not do: what a transaction that somebody has left open could still see
-- is not taken away, and every claim would pass over it.
CREATE TABLE outbox.unpublished (
    shard smallint NOT NULL,
    seq   bigint   NOT NULL
) PARTITION BY LIST (((seq >> 15) % 3));
