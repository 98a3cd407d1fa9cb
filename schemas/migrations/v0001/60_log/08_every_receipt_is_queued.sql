CREATE TRIGGER every_receipt_is_queued
    AFTER INSERT ON outbox.receipt
    FOR EACH ROW EXECUTE FUNCTION outbox.queue_receipt();
