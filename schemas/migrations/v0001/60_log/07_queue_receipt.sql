-- Queue the receipts of one statement for the log, in the transaction that writes them.
CREATE FUNCTION outbox.queue_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox.unattested (receipt_id) SELECT id FROM kept;
    RETURN NULL;
END $$;
