-- How many receipts the log has.
SELECT coalesce(max(index) + 1, 0) FROM outbox.leaf
