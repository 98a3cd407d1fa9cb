CREATE TRIGGER it_is_written_through_its_table
    BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON outbox.event_rest
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse();
