-- The narrow queue of events that Kafka does not have yet.
CREATE TABLE outbox.unpublished (
    shard smallint NOT NULL,
    seq   bigint   NOT NULL,
    PRIMARY KEY (shard, seq)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);
