-- Put receipts into the log, count what they say of their producers and
-- of their scores, and take them off the queue, all or nothing.
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
    ), tallied AS (
        INSERT INTO outbox.tally AS kept
        SELECT date_trunc('hour', at, 'UTC'), tenant, producer,
               count(*) FILTER (WHERE kind = 'persisted'),
               count(*) FILTER (WHERE kind = 'approved'),
               count(*) FILTER (WHERE kind = 'rejected'),
               count(*) FILTER (WHERE kind = 'sent_back'),
               count(*) FILTER (WHERE kind = 'sent'),
               count(*) FILTER (WHERE kind = 'stranded')
          FROM outbox.receipt JOIN outbox.intent ON intent.id = intent_id
         WHERE receipt.id = ANY (log_receipts.receipts)
           AND kind IN ('persisted', 'approved', 'rejected', 'sent_back', 'sent', 'stranded')
         GROUP BY 1, 2, 3
        ON CONFLICT (hour, tenant, producer) DO UPDATE
           SET proposed = kept.proposed + excluded.proposed,
               approved = kept.approved + excluded.approved,
               rejected = kept.rejected + excluded.rejected,
               sent_back = kept.sent_back + excluded.sent_back,
               sent = kept.sent + excluded.sent,
               stranded = kept.stranded + excluded.stranded
    )
    DELETE FROM outbox.unattested WHERE receipt_id = ANY (log_receipts.receipts);
    PERFORM outbox.count_decisions(log_receipts.receipts);
END $$;
