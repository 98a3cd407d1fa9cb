-- The size of the last checkpoint.
SELECT coalesce(max(size), 0) FROM outbox.checkpoint
