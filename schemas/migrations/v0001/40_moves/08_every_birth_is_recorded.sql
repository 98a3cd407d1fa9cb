CREATE TRIGGER every_birth_is_recorded
    AFTER INSERT ON outbox.intent REFERENCING NEW TABLE AS born
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.record_birth();
