CREATE TRIGGER every_receipt_is_queued
    AFTER INSERT ON outbox.receipt REFERENCING NEW TABLE AS kept
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.queue_receipt();
