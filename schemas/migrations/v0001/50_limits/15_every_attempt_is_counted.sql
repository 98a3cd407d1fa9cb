CREATE TRIGGER every_attempt_is_counted
    AFTER INSERT ON outbox.attempt
    FOR EACH ROW EXECUTE FUNCTION outbox.count_attempt();
