CREATE TRIGGER every_move_is_recorded
    AFTER UPDATE ON outbox.intent REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.record_move();
