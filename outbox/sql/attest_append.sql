-- Put receipts into the log and take them off the queue, all or nothing.
WITH logged AS (
    INSERT INTO outbox.leaf (index, receipt_id, chain, number, statement, signature, key)
    SELECT %(size)s + place - 1, receipt_id, chain, number, statement, signature, %(key)s
      FROM unnest(%(receipts)s::bigint[], %(chains)s::bigint[], %(numbers)s::int[],
                  %(statements)s::bytea[], %(signatures)s::bytea[])
           WITH ORDINALITY AS given (receipt_id, chain, number, statement, signature, place)
), grown AS (
    INSERT INTO outbox.node (level, index, hash)
    SELECT * FROM unnest(%(levels)s::smallint[], %(indexes)s::bigint[], %(hashes)s::bytea[])
)
DELETE FROM outbox.unattested WHERE receipt_id = ANY (%(receipts)s::bigint[])
