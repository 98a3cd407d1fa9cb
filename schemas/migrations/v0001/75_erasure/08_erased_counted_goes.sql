CREATE TRIGGER only_the_erased_go
    BEFORE DELETE ON outbox.counted
    FOR EACH ROW EXECUTE FUNCTION outbox.only_the_erased_go();
