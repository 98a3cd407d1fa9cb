-- A login whose last binding went would see everything.
CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox.tenancy
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
