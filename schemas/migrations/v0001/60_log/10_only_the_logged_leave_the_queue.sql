CREATE TRIGGER only_the_logged_leave_the_queue
    AFTER DELETE ON outbox.unattested REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION outbox.check_logged();
