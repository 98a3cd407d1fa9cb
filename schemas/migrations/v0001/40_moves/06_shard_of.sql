-- Which of the 16 shards an intent's events are in, for its whole life.
CREATE FUNCTION outbox.shard_of(intent_id bigint) RETURNS smallint
LANGUAGE sql IMMUTABLE RETURN (intent_id % 16)::smallint;
