CREATE TRIGGER a_session_only_goes_on
    BEFORE UPDATE ON outbox.session FOR EACH ROW EXECUTE FUNCTION outbox.only_go_on();
