-- The number of this transaction: it tells later, over any connection, what became of it.
SELECT pg_current_xact_id()::text
