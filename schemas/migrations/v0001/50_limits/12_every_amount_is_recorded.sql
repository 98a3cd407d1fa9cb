CREATE TRIGGER every_amount_is_recorded
    AFTER INSERT ON outbox.artifact REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.record_amount();
