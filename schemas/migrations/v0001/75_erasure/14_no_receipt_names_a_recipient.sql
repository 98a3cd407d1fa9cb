CREATE TRIGGER no_receipt_names_a_recipient
    BEFORE INSERT ON outbox.receipt
    FOR EACH ROW WHEN (NEW.intent_id IS NOT NULL)
    EXECUTE FUNCTION outbox.scrub_receipt();
