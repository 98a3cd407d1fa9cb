CREATE TRIGGER history_is_only_added_to
    BEFORE DELETE OR TRUNCATE ON outbox.account
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
