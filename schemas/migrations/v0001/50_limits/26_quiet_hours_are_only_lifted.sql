CREATE TRIGGER a_limit_is_only_lifted
    BEFORE UPDATE ON outbox.quiet_hours FOR EACH ROW EXECUTE FUNCTION outbox.only_end('lifted');
