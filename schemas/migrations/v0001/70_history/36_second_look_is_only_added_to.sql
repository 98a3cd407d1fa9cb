CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.second_look
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
