CREATE TRIGGER every_attempt_is_counted
    AFTER INSERT ON outbox.attempt REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.count_attempt();
