CREATE TRIGGER a_score_is_only_erased
    BEFORE UPDATE ON outbox.score
    FOR EACH ROW EXECUTE FUNCTION outbox.only_erase_score();
