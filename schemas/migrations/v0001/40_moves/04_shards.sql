INSERT INTO outbox.shard SELECT generate_series(0, 15);
