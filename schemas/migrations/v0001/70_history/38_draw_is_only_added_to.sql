CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.draw
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
