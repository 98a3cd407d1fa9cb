-- Not "WHEN the state differs": a move from a state to itself is refused, too.
CREATE TRIGGER every_move_is_recorded
    AFTER INSERT OR UPDATE OF state ON outbox.intent
    FOR EACH ROW EXECUTE FUNCTION outbox.record_move();
