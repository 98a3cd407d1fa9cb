-- Put receipts into the log and take them off the queue, all or nothing.
CREATE FUNCTION outbox.log_receipts(
    size bigint, key text, receipts bigint[], chains bigint[], numbers int[],
    statements bytea[], signatures bytea[], levels smallint[], indexes bigint[], hashes bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH logged AS (
        INSERT INTO outbox.leaf (index, receipt_id, chain, number, statement, signature, key)
        SELECT log_receipts.size + place - 1, receipt_id, chain, number, statement, signature,
               log_receipts.key
          FROM unnest(log_receipts.receipts, log_receipts.chains, log_receipts.numbers,
                      log_receipts.statements, log_receipts.signatures)
               WITH ORDINALITY AS given (receipt_id, chain, number, statement, signature, place)
    ), grown AS (
        INSERT INTO outbox.node (level, index, hash)
        SELECT * FROM unnest(log_receipts.levels, log_receipts.indexes, log_receipts.hashes)
    )
    DELETE FROM outbox.unattested WHERE receipt_id = ANY (log_receipts.receipts);
END $$;
