-- What became of a transaction: committed, aborted, in progress, or too old to know (NULL).
SELECT pg_xact_status(%(transaction)s::xid8)
