CREATE TRIGGER every_move_is_stamped
    BEFORE UPDATE OF state ON outbox.intent
    FOR EACH ROW EXECUTE FUNCTION outbox.stamp_move();
