CREATE TRIGGER history_is_only_added_to
    BEFORE DELETE OR TRUNCATE ON outbox.cell
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
