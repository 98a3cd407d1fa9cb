-- Read the amount off the bytes themselves, like the recipients.
CREATE FUNCTION outbox.record_amount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox.amount (intent_id, version, value, currency)
    SELECT written.intent_id, written.version, named.value, named.currency
      FROM written, outbox.amount_in(outbox.said_in(written.content)) AS named;
    RETURN NULL;
END $$;
