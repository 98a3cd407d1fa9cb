CREATE TABLE outbox.unpublished_0 PARTITION OF outbox.unpublished (PRIMARY KEY (shard, seq))
FOR VALUES IN (0)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
      autovacuum_vacuum_cost_delay = 0);
