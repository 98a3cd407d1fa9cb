CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.verdict
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
