CREATE TRIGGER every_recipient_is_recorded
    AFTER INSERT ON outbox.artifact
    FOR EACH ROW EXECUTE FUNCTION outbox.record_recipients();
