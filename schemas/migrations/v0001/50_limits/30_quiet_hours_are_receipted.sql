CREATE TRIGGER every_limit_is_receipted
    AFTER INSERT OR UPDATE ON outbox.quiet_hours FOR EACH ROW EXECUTE FUNCTION outbox.record_limit();
