-- Who publishes what: a relay locks shards, never events, so one intent stays in order.
CREATE TABLE outbox.shard (id smallint PRIMARY KEY);
