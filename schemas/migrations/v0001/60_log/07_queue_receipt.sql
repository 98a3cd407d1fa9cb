-- Queue the receipt for the log, in the transaction that writes it.
CREATE FUNCTION outbox.queue_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox.unattested (receipt_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
