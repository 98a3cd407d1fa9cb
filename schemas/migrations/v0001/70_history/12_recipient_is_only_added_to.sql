CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR TRUNCATE ON outbox.recipient
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
