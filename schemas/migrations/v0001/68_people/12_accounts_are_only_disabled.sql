CREATE TRIGGER an_account_is_only_disabled
    BEFORE UPDATE ON outbox.account FOR EACH ROW EXECUTE FUNCTION outbox.only_end('disabled');
